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
 * Watches the tries of one put: whether the store may have done what it was asked in one of them.
 * The SDK tells of the last one only. Used by one thread.
 */
final class Tries {
  private static final ScopedValue<Tries> CURRENT = ScopedValue.newInstance();

  private boolean earlierInDoubt;
  private boolean lastInDoubt;

  /** Makes a call of the SDK, whose tries run on the calling thread. */
  <T> T watch(ScopedValue.CallableOp<T, RuntimeException> call) {
    return ScopedValue.where(CURRENT, this).call(call);
  }

  /** Whether the calling thread makes a try that is watched: one of a put. */
  static boolean areWatched() {
    return CURRENT.isBound();
  }

  /** Whether a try before the last one may have had its effect. */
  boolean earlierInDoubt() {
    return earlierInDoubt;
  }

  /** Whether any try may have had its effect. */
  boolean inDoubt() {
    return earlierInDoubt || lastInDoubt;
  }

  private void begin() {
    earlierInDoubt |= lastInDoubt;
    lastInDoubt = true;
  }

  private void hadNoEffect() {
    lastInDoubt = false;
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

  /** Where each try passes on its way to the network. */
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

  private static ExecutableHttpRequest watched(ExecutableHttpRequest request, Tries tries) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        tries.begin();
        try {
          HttpExecuteResponse answer = request.call();
          if (PutVerdict.isRefusal(answer.httpResponse().statusCode())) {
            tries.hadNoEffect();
          }
          return answer;
        } catch (IOException e) {
          if (neverConnected(e)) {
            tries.hadNoEffect();
          }
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
