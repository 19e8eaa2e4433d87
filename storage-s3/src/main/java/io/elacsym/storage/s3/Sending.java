package io.elacsym.storage.s3;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Whether the store can have seen anything of a request that failed. Nothing leaves this machine
 * before the SDK says that it transmits, nor while there is no connection.
 */
final class Sending implements ExecutionInterceptor {
  /** Of a call that wants to know: becomes true with its first try. */
  static final ExecutionAttribute<AtomicBoolean> STARTED =
      new ExecutionAttribute<>("ElacsymTransmissionStarted");

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    attributes.getOptionalAttribute(STARTED).ifPresent(started -> started.set(true));
  }

  /** Whether a failure is that there was no connection. */
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
}
