package io.elacsym.storage.s3;

import java.time.Duration;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The SDK's client of one bucket, which sends each request once, and what belongs to it. */
final class Connection implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Shorter than servers keep idle connections: one that the server has closed costs a try. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final S3Settings settings;
  private final CredentialsChain credentials;
  private final SdkHttpClient http;
  private final S3Client client;

  /**
   * @param credentials closed with the client, not before
   */
  Connection(S3Settings settings, CredentialsChain credentials) {
    this.settings = settings;
    this.credentials = credentials;
    Duration silence = settings.common().attemptTimeout();
    this.http =
        Sending.watched(
            Apache5HttpClient.builder()
                .maxConnections(settings.common().maxConnections())
                .connectionTimeout(CONNECT.compareTo(silence) < 0 ? CONNECT : silence)
                .socketTimeout(silence)
                .connectionMaxIdleTime(IDLE)
                .tcpKeepAlive(true)
                // The SDK itself adds "Expect: 100-continue" to requests with large bodies, where
                // it pays. The HTTP client would add it to small ones too, and each would wait.
                .expectContinueEnabled(false)
                .build());
    this.client = build();
  }

  private S3Client build() {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(http)
            .region(Region.of(settings.common().region()))
            .forcePathStyle(settings.common().pathStyle())
            .credentialsProvider(credentials)
            .requestChecksumCalculation(
                settings.checksumsAlways()
                    ? RequestChecksumCalculation.WHEN_SUPPORTED
                    : RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(
                settings.checksumsAlways()
                    ? ResponseChecksumValidation.WHEN_SUPPORTED
                    : ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                ClientOverrideConfiguration.builder()
                    .retryStrategy(DefaultRetryStrategy.doNotRetry())
                    .build());
    settings.common().endpoint().ifPresent(builder::endpointOverride);
    if (!settings.checksumsAlways()) {
      builder.addPlugin(LegacyMd5Plugin.create());
    }
    return builder.build();
  }

  S3Client client() {
    return client;
  }

  SdkHttpClient http() {
    return http;
  }

  /** Signs a request that is sent by {@link #http}. */
  <T> T signed(Function<S3Presigner, T> signing) {
    // A presigner closes what it got its credentials from, and others still need that.
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .region(Region.of(settings.common().region()))
            .credentialsProvider(StaticCredentialsProvider.create(credentials.resolveCredentials()))
            .serviceConfiguration(
                S3Configuration.builder()
                    .pathStyleAccessEnabled(settings.common().pathStyle())
                    .build());
    settings.common().endpoint().ifPresent(builder::endpointOverride);
    try (S3Presigner presigner = builder.build()) {
      return signing.apply(presigner);
    }
  }

  @Override
  public void close() {
    client.close();
    http.close();
    credentials.close();
  }
}
