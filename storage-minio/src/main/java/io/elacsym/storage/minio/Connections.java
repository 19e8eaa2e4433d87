package io.elacsym.storage.minio;

import io.elacsym.api.ElacsymException;
import io.elacsym.storage.bucket.settings.BucketSettings;
import io.minio.Http;
import io.minio.errors.MinioException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Makes HTTP clients that send each request once. */
final class Connections {
  /** Shorter than servers keep idle connections: one that the server has closed costs a try. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private Connections() {}

  static OkHttpClient open(BucketSettings settings, boolean https) {
    Duration silence = settings.attemptTimeout();
    OkHttpClient http =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .addNetworkInterceptor(Sending::watch)
            .connectionPool(
                new ConnectionPool(
                    settings.maxConnections(), IDLE.toMillis(), TimeUnit.MILLISECONDS))
            .connectTimeout(CONNECT.compareTo(silence) < 0 ? CONNECT : silence)
            .readTimeout(silence)
            .writeTimeout(silence)
            .build();
    return https ? trusting(http) : http;
  }

  /** Trusts what the JDK trusts, and the certificates in SSL_CERT_FILE and SSL_CERT_DIR. */
  private static OkHttpClient trusting(OkHttpClient http) {
    try {
      return Http.enableExternalCertificatesFromEnv(http);
    } catch (MinioException e) {
      throw ElacsymException.invalid(
          "the certificates that SSL_CERT_FILE or SSL_CERT_DIR name cannot be read: "
              + e.getMessage());
    }
  }
}
