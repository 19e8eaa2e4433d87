package io.elacsym.storage.minio;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.storage.minio.CallFailure.Broken;
import io.elacsym.storage.minio.CallFailure.NoCredentials;
import io.minio.AbortMultipartUploadArgs;
import io.minio.BaseS3Client;
import io.minio.Checksum;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.DeleteObjectsArgs;
import io.minio.GetObjectArgs;
import io.minio.HeadObjectArgs;
import io.minio.HeadObjectResponse;
import io.minio.Http;
import io.minio.ListObjectsV2Args;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectAPIArgs;
import io.minio.RemoveObjectArgs;
import io.minio.UploadPartArgs;
import io.minio.credentials.Credentials;
import io.minio.credentials.Provider;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import io.minio.messages.ListBucketResultV2;
import io.minio.messages.Part;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * S3's operations on one bucket. Each method is one request, made once and on the caller's thread.
 *
 * <p>The operations are those of MinIO's client. It would run them on threads of its own, and would
 * tell neither the status of an answer without XML nor whether a failed request had left; so {@link
 * #executeAsync}, through which it sends everything, is ours: its futures are complete when they
 * are returned.
 */
final class S3Api extends BaseS3Client {
  /** Shorter than servers keep idle connections: one that the server has closed costs a try. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Seconds that signing may take. */
  private static final long SIGNING = 1;

  private final String bucket;
  private final Http.Headers encryption;
  private final Duration time;

  private final Optional<Instant> deadline;

  private S3Api(MinioSettings settings, Provider credentials, OkHttpClient http) {
    super(settings.url(), credentials, http, true);
    this.bucket = settings.bucket();
    this.encryption = new Http.Headers(settings.encryption());
    this.time = Duration.ZERO;
    this.deadline = Optional.empty();
  }

  private S3Api(S3Api other, Duration time, Optional<Instant> deadline) {
    super(other);
    this.bucket = other.bucket;
    this.encryption = other.encryption;
    this.time = time;
    this.deadline = deadline;
  }

  /** Gets ready for requests; none is sent. */
  static S3Api of(MinioSettings settings) {
    OkHttpClient http = http(settings);
    return new S3Api(settings, CredentialsChain.of(settings.keys(), http), http);
  }

  /**
   * The same with a limit for how long each request takes to its end.
   *
   * @param time zero: no limit, as long as bytes keep coming
   */
  S3Api within(Duration time) {
    return new S3Api(this, time, deadline);
  }

  /** The same for requests that the store refuses from a time on, by its own clock. */
  S3Api before(Instant newDeadline) {
    return new S3Api(this, time, Optional.of(newDeadline));
  }

  /** An HTTP client that sends each request once. */
  private static OkHttpClient http(MinioSettings settings) {
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
    return settings.url().isHttps() ? trusting(http) : http;
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

  Fetched get(String key, ByteRange range) throws CallFailure {
    return get(key, range, GetObjectArgs.builder());
  }

  /** The whole object; refused with status 304 while it has this version. */
  Fetched getUnless(String key, String version) throws CallFailure {
    return get(key, ByteRange.ALL, GetObjectArgs.builder().notMatchETag(Versions.toTag(version)));
  }

  private Fetched get(String key, ByteRange range, GetObjectArgs.Builder builder)
      throws CallFailure {
    builder.bucket(bucket).object(key).fetchChecksum(true);
    if (!range.equals(ByteRange.ALL)) {
      builder.offset(range.offset());
      if (range.end() < Long.MAX_VALUE) {
        builder.length(range.length());
      }
    }
    GetObjectArgs args = builder.build();
    try (Response response = now(executeGetAsync(args, args.makeHeaders(), null))) {
      return Fetched.read(key, response, range);
    } catch (CallFailure e) {
      throw e;
    } catch (IOException e) {
      throw new Broken(true, e);
    }
  }

  Facts head(String key) throws CallFailure {
    HeadObjectArgs args = HeadObjectArgs.builder().bucket(bucket).object(key).build();
    HeadObjectResponse answer = now(headObject(args));
    try {
      return Facts.of(answer.headers(), answer.size());
    } catch (IOException e) {
      throw new Broken(true, e);
    }
  }

  /** Returns the new version. */
  String put(String key, byte[] bytes, Map<String, String> condition) throws CallFailure {
    PutObjectAPIArgs args =
        PutObjectAPIArgs.builder()
            .bucket(bucket)
            .object(key)
            .data(bytes, bytes.length)
            .headers(encryption)
            .extraHeaders(condition)
            .build();
    return version(now(putObject(args)));
  }

  /** Without it, whoever put must read back. */
  private static String version(ObjectWriteResponse written) throws Broken {
    return Optional.ofNullable(written.etag())
        .map(Versions::ofTag)
        .orElseThrow(() -> new Broken(true, new IOException("the answer has no ETag")));
  }

  /** Returns the upload's id. */
  String createUpload(String key) throws CallFailure {
    Http.Headers headers = new Http.Headers(encryption);
    // What the client puts on parts, which S3 takes with no other checksum than was announced.
    Checksum.Algorithm checksum =
        baseUrl.isHttps() ? Checksum.Algorithm.CRC32C : Checksum.Algorithm.SHA256;
    headers.put("x-amz-checksum-algorithm", checksum.name());
    CreateMultipartUploadArgs args =
        CreateMultipartUploadArgs.builder().bucket(bucket).object(key).headers(headers).build();
    return now(createMultipartUpload(args)).result().uploadId();
  }

  Part uploadPart(String key, String upload, int number, byte[] bytes) throws CallFailure {
    UploadPartArgs args =
        UploadPartArgs.builder()
            .bucket(bucket)
            .object(key)
            .uploadId(upload)
            .partNumber(number)
            .data(bytes, bytes.length)
            .build();
    return now(uploadPart(args)).part();
  }

  /** Returns the new version. */
  String completeUpload(String key, String upload, List<Part> parts) throws CallFailure {
    CompleteMultipartUploadArgs args =
        CompleteMultipartUploadArgs.builder()
            .bucket(bucket)
            .object(key)
            .uploadId(upload)
            .parts(parts.toArray(Part[]::new))
            .maxRetries(1) // that is, one try
            .build();
    return version(now(completeMultipartUpload(args)));
  }

  void abortUpload(String key, String upload) throws CallFailure {
    now(
        abortMultipartUpload(
            AbortMultipartUploadArgs.builder()
                .bucket(bucket)
                .object(key)
                .uploadId(upload)
                .build()));
  }

  /** A page of keys in order, from after one key or from where another page ended. */
  Page list(String prefix, PageStart start, int limit) throws CallFailure {
    ListBucketResultV2 answer = listed(listing(prefix, start, limit));
    try {
      return Page.of(answer);
    } catch (IOException e) {
      throw new Broken(true, e);
    }
  }

  /** A page of folders, and of objects beside them, which are passed over. */
  FolderPage listFolders(String prefix, PageStart start, int limit) throws CallFailure {
    ListBucketResultV2 answer = listed(listing(prefix, start, limit).delimiter("/"));
    try {
      return FolderPage.of(answer);
    } catch (IOException e) {
      throw new Broken(true, e);
    }
  }

  private ListObjectsV2Args.Builder listing(String prefix, PageStart start, int limit) {
    ListObjectsV2Args.Builder builder =
        ListObjectsV2Args.builder()
            .bucket(bucket)
            .prefix(prefix)
            .maxKeys(limit)
            // Keys of others can have characters that XML has not.
            .encodingType("url");
    switch (start) {
      case PageStart.AfterKey(String key) -> builder.startAfter(key);
      case PageStart.Continued(String token) -> builder.continuationToken(token);
    }
    return builder;
  }

  private ListBucketResultV2 listed(ListObjectsV2Args.Builder request) throws CallFailure {
    return now(listObjectsV2(request.build())).result();
  }

  void delete(String key) throws CallFailure {
    RemoveObjectArgs args = RemoveObjectArgs.builder().bucket(bucket).object(key).build();
    now(executeDeleteAsync(args, null, null));
  }

  /** Deletes up to 1,000 objects; returns what could not be deleted. */
  List<DeleteResult.Error> delete(List<String> keys) throws CallFailure {
    DeleteObjectsArgs args =
        DeleteObjectsArgs.builder()
            .bucket(bucket)
            .objects(keys.stream().map(DeleteRequest.Object::new).toList())
            .quiet(true)
            .build();
    return now(deleteObjects(args)).result().errors();
  }

  /** Sends a request and waits for the head of the answer; the future is complete. */
  @Override
  protected CompletableFuture<Response> executeAsync(Http.S3Request request, String region) {
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
          ? signed(request, region, credentials, deadline.get())
          : request.toRequest(baseUrl, region, credentials).httpRequest();
    } catch (MinioException e) {
      throw new Broken(false, e);
    }
  }

  /** With a signature that ends. The store counts whole seconds. */
  private Request signed(
      Http.S3Request request, String region, Credentials credentials, Instant until)
      throws MinioException, Broken {
    long seconds = Duration.between(Instant.now(), until).toSeconds() - SIGNING;
    if (seconds >= 1) {
      HttpUrl url =
          request
              .toPresignedRequest(baseUrl, region, credentials, Math.toIntExact(seconds))
              .httpRequest()
              .url();
      // The signature is that of the address and covers no header but the host.
      Request signed = new Request.Builder().url(url).method(request.method().name(), null).build();
      // Between looking at the clock and signing this process may have slept.
      if (!Instant.now().plusSeconds(seconds).isAfter(until)) {
        return signed;
      }
    }
    throw new Broken(false, new IOException("the time for it, until " + until + ", is over"));
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

  private static <T> T now(CompletableFuture<T> done) throws CallFailure {
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
  public void close() {
    httpClient.dispatcher().cancelAll();
    super.close();
  }
}
