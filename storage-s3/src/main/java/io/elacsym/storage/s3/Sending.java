package io.elacsym.storage.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Whether the store can have seen anything of a request, which the SDK does not tell. Used by one
 * thread: the SDK sends on that of its caller.
 */
final class Sending {
  private static final ScopedValue<Sending> CURRENT = ScopedValue.newInstance();

  private boolean started;

  boolean started() {
    return started;
  }

  /** Makes a call of the SDK. */
  <T> T watch(ScopedValue.CallableOp<T, RuntimeException> call) {
    return ScopedValue.where(CURRENT, this).call(call);
  }

  /** Whether a failure is that there was no connection, so that nothing was sent. */
  static boolean neverConnected(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof ConnectTimeoutException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException
          || cause instanceof SSLHandshakeException) {
        return true;
      }
    }
    return false;
  }

  /** Wraps the SDK's HTTP client so that each request notes when it is handed to the network. */
  static SdkHttpClient watched(SdkHttpClient http) {
    return new SdkHttpClient() {
      @Override
      public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = http.prepareRequest(request);
        return CURRENT.isBound() ? watched(prepared, CURRENT.get()) : prepared;
      }

      @Override
      public String clientName() {
        return http.clientName();
      }

      @Override
      public void close() {
        http.close();
      }
    };
  }

  private static ExecutableHttpRequest watched(ExecutableHttpRequest request, Sending sending) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        sending.started = true;
        try {
          return request.call();
        } catch (IOException e) {
          sending.started = !neverConnected(e);
          throw e;
        }
      }

      @Override
      public void abort() {
        request.abort();
      }
    };
  }
}
