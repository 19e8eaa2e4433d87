package io.elacsym.storage.s3;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.StorageStatistics.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The SDK's clients of one bucket: one that repeats what failed, and one for conditional puts,
 * which repeats only what surely had no effect. They share their connections, of which there are as
 * many as requests may run at once; further callers wait here, where no timeout runs yet.
 */
final class S3Clients implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Shorter than servers keep idle connections: one that the server has closed costs a try. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  /** Statuses that may be gone a little later. */
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  private final S3Settings settings;
  private final CredentialsChain credentials;
  private final RequestCounts counts = new RequestCounts();
  private final SdkHttpClient http;
  private final S3Client repeating;
  private final S3Client careful;
  private final Semaphore slots;
  private volatile boolean closed;

  /**
   * @param credentials closed with the clients, not before
   */
  S3Clients(S3Settings settings, CredentialsChain credentials) {
    this.settings = settings;
    this.credentials = credentials;
    this.http =
        Tries.watched(
            Apache5HttpClient.builder()
                .maxConnections(settings.maxConnections())
                .connectionTimeout(min(CONNECT, settings.attemptTimeout()))
                .socketTimeout(settings.attemptTimeout())
                .connectionMaxIdleTime(IDLE)
                .tcpKeepAlive(true)
                // The SDK asks for it where it pays: with large bodies.
                .expectContinueEnabled(false)
                .build());
    this.repeating =
        client(
            AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(settings.maxAttempts())
                .retryOnException(
                    failure -> isDeniedPut(failure) || isCutShort(failure) || mayPass(failure))
                .build());
    this.careful = client(onlyWithoutEffect(settings.maxAttempts()));
    this.slots = new Semaphore(settings.maxConnections(), true);
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static RetryStrategy onlyWithoutEffect(int attempts) {
    return DefaultRetryStrategy.standardStrategyBuilder()
        .useClientDefaults(false)
        .maxAttempts(attempts)
        .retryOnException(failure ->
            Tries.neverConnected(failure)
                || isDeniedPut(failure)
                || (failure instanceof S3Exception answer && PutVerdict.isBusy(answer)))
        .build();
  }

  /** Other calls that are denied stay so. */
  private static boolean isDeniedPut(Throwable failure) {
    return Tries.areWatched()
        && failure instanceof S3Exception answer
        && PutVerdict.isDenied(answer);
  }

  /** An answer to HEAD has a status only, and the SDK knows some of these by their code. */
  private static boolean mayPass(Throwable failure) {
    return failure instanceof S3Exception answer && PASSING.contains(answer.statusCode());
  }

  /** The SDK takes an answer of XML that ends early for a bad one, which would stay so. */
  private static boolean isCutShort(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof XMLStreamException) {
        return true;
      }
    }
    return false;
  }

  private S3Client client(RetryStrategy retries) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(http)
            .region(Region.of(settings.region()))
            .forcePathStyle(settings.pathStyle())
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
                    .retryStrategy(retries)
                    .apiCallAttemptTimeout(settings.attemptTimeout())
                    .apiCallTimeout(settings.requestTimeout())
                    .addMetricPublisher(counts)
                    .build());
    settings.endpoint().ifPresent(builder::endpointOverride);
    if (!settings.checksumsAlways()) {
      builder.addPlugin(LegacyMd5Plugin.create());
    }
    return builder.build();
  }

  RequestCounts counts() {
    return counts;
  }

  /** Makes a call that may be repeated. */
  <T> T call(Function<S3Client, T> call) {
    return inSlot(() -> call.apply(repeating));
  }

  /** Makes a call that is repeated only if it surely had no effect. */
  <T> T callCarefully(Function<S3Client, T> call) {
    return inSlot(() -> call.apply(careful));
  }

  /** Signs a request for later. */
  <T> T signed(Function<S3Presigner, T> signing) {
    // A presigner closes what it got its credentials from, and others still need that.
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(StaticCredentialsProvider.create(credentials.resolveCredentials()))
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(settings.pathStyle()).build());
    settings.endpoint().ifPresent(builder::endpointOverride);
    try (S3Presigner presigner = builder.build()) {
      return signing.apply(presigner);
    }
  }

  /** Sends a request that was signed, once. */
  HttpExecuteResponse callOnce(HttpExecuteRequest request) throws IOException {
    checkOpen();
    long start = System.nanoTime();
    try {
      slots.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a free connection", e);
    }
    try {
      HttpExecuteResponse answer = http.prepareRequest(request).call();
      // Read to its end, so that the connection can be used again.
      if (answer.responseBody().isPresent()) {
        try (InputStream body = answer.responseBody().get()) {
          body.transferTo(OutputStream.nullOutputStream());
        }
      }
      return answer;
    } finally {
      slots.release();
      counts.request(Operation.DELETE, System.nanoTime() - start);
    }
  }

  private <T> T inSlot(Supplier<T> call) {
    checkOpen();
    try {
      slots.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ElacsymException.unavailable("interrupted while waiting for a free connection", e);
    }
    try {
      return call.get();
    } finally {
      slots.release();
    }
  }

  /** More time for a request that carries so many bytes. */
  AwsRequestOverrideConfiguration timeFor(long bytes) {
    return AwsRequestOverrideConfiguration.builder()
        .apiCallAttemptTimeout(settings.attemptTimeout(bytes))
        .apiCallTimeout(settings.requestTimeout(bytes))
        .build();
  }

  void checkOpen() {
    if (closed) {
      throw new ElacsymException(ErrorKind.INTERNAL, "the storage is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    repeating.close();
    careful.close();
    http.close();
    credentials.close();
  }
}
