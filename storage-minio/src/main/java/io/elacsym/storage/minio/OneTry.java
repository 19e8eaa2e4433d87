package io.elacsym.storage.minio;

import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.CallFailure.Broken;
import io.elacsym.storage.bucket.client.CallFailure.NoCredentials;
import io.elacsym.storage.bucket.client.SignatureLife;
import io.minio.BaseS3Client;
import io.minio.Http;
import io.minio.credentials.Credentials;
import io.minio.credentials.Provider;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * MinIO's client, made to send each request once and on the caller's thread. By itself it would use
 * threads of its own, and would tell neither the status of an answer without XML nor whether a
 * failed request had left; so {@link #executeAsync}, through which it sends everything, is ours:
 * its futures are complete when they are returned.
 */
abstract class OneTry extends BaseS3Client {
  private final Duration time;
  private final Optional<Instant> deadline;

  OneTry(Http.BaseUrl url, Provider credentials, OkHttpClient http) {
    super(url, credentials, http, true);
    this.time = Duration.ZERO;
    this.deadline = Optional.empty();
  }

  /**
   * The same with other limits for each request.
   *
   * @param time how long it takes to its end; zero: no limit, as long as bytes keep coming
   * @param deadline from which on the store refuses it, by its own clock
   */
  OneTry(OneTry other, Duration time, Optional<Instant> deadline) {
    super(other);
    this.time = time;
    this.deadline = deadline;
  }

  final Duration time() {
    return time;
  }

  /** Sends a request and waits for the head of the answer; the future is complete. */
  @Override
  protected final CompletableFuture<Response> executeAsync(Http.S3Request request, String region) {
    try {
      return CompletableFuture.completedFuture(send(signed(request, region)));
    } catch (CallFailure e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Request signed(Http.S3Request request, String region) throws CallFailure {
    Credentials credentials;
    try {
      credentials = provider.fetch();
    } catch (RuntimeException e) { // a ProviderException, or what a provider did not foresee
      throw new NoCredentials(e);
    }
    try {
      return deadline.isPresent()
          ? signed(request, region, credentials, SignatureLife.until(deadline.get()))
          : request.toRequest(baseUrl, region, credentials).httpRequest();
    } catch (MinioException e) {
      throw new Broken(false, e);
    }
  }

  /** Signs a request so that the store refuses it when {@code life} is over. */
  private Request signed(
      Http.S3Request request, String region, Credentials credentials, SignatureLife life)
      throws MinioException, CallFailure {
    HttpUrl url =
        request
            .toPresignedRequest(baseUrl, region, credentials, Math.toIntExact(life.seconds()))
            .httpRequest()
            .url();
    life.check();
    // The signature is that of the address and covers no header but the host.
    return new Request.Builder().url(url).method(request.method().name(), null).build();
  }

  private Response send(Request request) throws CallFailure {
    Sending sending = new Sending();
    Call call = httpClient.newCall(request.newBuilder().tag(Sending.class, sending).build());
    call.timeout().timeout(time.toNanos(), TimeUnit.NANOSECONDS);
    Response response;
    try {
      response = call.execute();
    } catch (IOException e) {
      throw new Broken(sending.started(), e);
    }
    if (response.isSuccessful()) {
      return response;
    }
    try (response) {
      throw Refusals.of(response);
    }
  }

  /** What a future holds that is complete. */
  static <T> T now(CompletableFuture<T> done) throws CallFailure {
    try {
      return done.join();
    } catch (CompletionException e) {
      throw failure(Optional.ofNullable(e.getCause()).orElse(e));
    }
  }

  private static CallFailure failure(Throwable cause) {
    return switch (cause) {
      case CallFailure failure -> failure;
      case ErrorResponseException e -> Refusals.within(e.response().code(), e.errorResponse());
      case Error e -> throw e;
      // An answer that the client could not make sense of.
      default -> new Broken(true, cause);
    };
  }

  /** Cuts off what is under way, and frees the connections. */
  @Override
  public final void close() {
    httpClient.dispatcher().cancelAll();
    super.close();
  }
}
