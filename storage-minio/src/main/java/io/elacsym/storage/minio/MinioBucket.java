package io.elacsym.storage.minio;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.PutMode;
import io.elacsym.storage.bucket.client.AnswerHead;
import io.elacsym.storage.bucket.client.Body;
import io.elacsym.storage.bucket.client.BucketClient;
import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.CallFailure.Broken;
import io.elacsym.storage.bucket.client.CallFailure.Refused;
import io.elacsym.storage.bucket.client.Facts;
import io.elacsym.storage.bucket.client.Fetched;
import io.elacsym.storage.bucket.client.Page;
import io.elacsym.storage.bucket.client.PageRequest;
import io.elacsym.storage.bucket.client.PageRequest.Start;
import io.elacsym.storage.bucket.client.SentPart;
import io.elacsym.storage.bucket.client.Tags;
import io.minio.AbortMultipartUploadArgs;
import io.minio.Checksum;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.DeleteObjectsArgs;
import io.minio.GetObjectArgs;
import io.minio.HeadObjectArgs;
import io.minio.HeadObjectResponse;
import io.minio.Http;
import io.minio.ListObjectsV2Args;
import io.minio.PutObjectAPIArgs;
import io.minio.RemoveObjectArgs;
import io.minio.UploadPartArgs;
import io.minio.credentials.Provider;
import io.minio.messages.DeleteRequest;
import io.minio.messages.Part;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** S3's operations on one bucket, through MinIO's client. */
final class MinioBucket extends OneTry implements BucketClient {
  /** What fits into an array, in which the client wants the body. */
  private static final long LARGEST_BODY = Integer.MAX_VALUE - 8;

  private final String bucket;
  private final Http.Headers encryption;

  private MinioBucket(MinioSettings settings, Provider credentials, OkHttpClient http) {
    super(settings.url(), credentials, http);
    this.bucket = settings.common().bucket();
    this.encryption = new Http.Headers(settings.encryptionHeaders());
  }

  private MinioBucket(MinioBucket other, Duration time, Optional<Instant> deadline) {
    super(other, time, deadline);
    this.bucket = other.bucket;
    this.encryption = other.encryption;
  }

  /** Gets ready for requests; none is sent. */
  static MinioBucket of(MinioSettings settings) {
    OkHttpClient http = Connections.open(settings.common(), settings.url().isHttps());
    Provider credentials = CredentialsChain.of(settings.common().keys(), http);
    return new MinioBucket(settings, credentials, http);
  }

  @Override
  public long largestBody() {
    return LARGEST_BODY;
  }

  @Override
  public MinioBucket within(Duration time) {
    return new MinioBucket(this, time, Optional.empty());
  }

  @Override
  public Fetched get(String key, ByteRange range, Optional<String> unlessTag) throws CallFailure {
    GetObjectArgs.Builder builder =
        GetObjectArgs.builder().bucket(bucket).object(key).fetchChecksum(true);
    unlessTag.map(Tags::toHeader).ifPresent(builder::notMatchETag);
    if (!range.equals(ByteRange.ALL)) {
      builder.offset(range.offset());
      if (range.end() < Long.MAX_VALUE) {
        builder.length(range.length());
      }
    }
    GetObjectArgs args = builder.build();
    try (Response response = now(executeGetAsync(args, args.makeHeaders(), null))) {
      Fetched object = Fetched.read(head(response), response.body().byteStream(), range);
      if (range.equals(ByteRange.ALL)) {
        StoredChecksum.check(response.headers(), object.bytes());
      }
      return object;
    } catch (CallFailure e) {
      throw e;
    } catch (IOException e) {
      throw new Broken(true, e);
    }
  }

  private static AnswerHead head(Response response) {
    return new AnswerHead(
        response.code(),
        response.body().contentLength(),
        Optional.ofNullable(response.header("Content-Range")),
        given(response.header("ETag")),
        Optional.ofNullable(response.headers().getInstant("Last-Modified")));
  }

  @Override
  public Facts head(String key) throws CallFailure {
    HeadObjectArgs args = HeadObjectArgs.builder().bucket(bucket).object(key).build();
    HeadObjectResponse answer = now(headObject(args));
    try {
      return Facts.of(
          answer.size(),
          given(answer.headers().get("ETag")),
          Optional.ofNullable(answer.headers().getInstant("Last-Modified")));
    } catch (IOException e) {
      throw new Broken(true, e);
    }
  }

  @Override
  public Optional<String> put(String key, Body body, PutMode mode) throws CallFailure {
    byte[] bytes = body.bytes();
    PutObjectAPIArgs args =
        PutObjectAPIArgs.builder()
            .bucket(bucket)
            .object(key)
            .data(bytes, bytes.length)
            .headers(encryption)
            .extraHeaders(condition(mode))
            .build();
    return tag(now(putObject(args)).etag());
  }

  private static Optional<String> tag(@Nullable String eTag) {
    return given(eTag).map(Tags::ofHeader);
  }

  private static Optional<String> given(@Nullable String eTag) {
    return Optional.ofNullable(eTag).filter(said -> !said.equals(Sending.NO_TAG));
  }

  /** How a put's condition is said in HTTP. */
  private static Map<String, String> condition(PutMode mode) {
    return switch (mode) {
      case PutMode.Overwrite always -> Map.of();
      case PutMode.IfAbsent absent -> Map.of("If-None-Match", "*");
      case PutMode.IfMatches same -> Map.of("If-Match", Tags.toHeader(same.tag()));
    };
  }

  @Override
  public String createUpload(String key) throws CallFailure {
    Http.Headers headers = new Http.Headers(encryption);
    headers.put("x-amz-checksum-algorithm", partChecksum().name());
    CreateMultipartUploadArgs args =
        CreateMultipartUploadArgs.builder().bucket(bucket).object(key).headers(headers).build();
    return now(createMultipartUpload(args)).result().uploadId();
  }

  /**
   * The checksum that the client itself puts on parts. It is announced when the upload begins,
   * because S3 refuses parts with a checksum that was not announced.
   */
  private Checksum.Algorithm partChecksum() {
    return baseUrl.isHttps() ? Checksum.Algorithm.CRC32C : Checksum.Algorithm.SHA256;
  }

  @Override
  public SentPart sendPart(String key, String upload, int number, Body body) throws CallFailure {
    byte[] bytes = body.bytes();
    UploadPartArgs args =
        UploadPartArgs.builder()
            .bucket(bucket)
            .object(key)
            .uploadId(upload)
            .partNumber(number)
            .data(bytes, bytes.length)
            .build();
    Part part = now(uploadPart(args)).part();
    return new SentPart(
        number,
        part.etag(),
        Optional.ofNullable(baseUrl.isHttps() ? part.checksumCRC32C() : part.checksumSHA256()));
  }

  @Override
  public Optional<String> completeUpload(String key, String upload, List<SentPart> parts)
      throws CallFailure {
    CompleteMultipartUploadArgs args =
        CompleteMultipartUploadArgs.builder()
            .bucket(bucket)
            .object(key)
            .uploadId(upload)
            .parts(parts.stream().map(this::part).toArray(Part[]::new))
            .maxRetries(1) // that is, one try
            .build();
    return tag(now(completeMultipartUpload(args)).etag());
  }

  private Part part(SentPart sent) {
    @Nullable String checksum = sent.checksum().orElse(null);
    @Nullable String crc32c = baseUrl.isHttps() ? checksum : null;
    @Nullable String sha256 = baseUrl.isHttps() ? null : checksum;
    return new Part(sent.number(), sent.tag(), null, crc32c, null, null, sha256);
  }

  @Override
  public void abortUpload(String key, String upload) throws CallFailure {
    now(
        abortMultipartUpload(
            AbortMultipartUploadArgs.builder()
                .bucket(bucket)
                .object(key)
                .uploadId(upload)
                .build()));
  }

  @Override
  public Page list(PageRequest request) throws CallFailure {
    ListObjectsV2Args.Builder builder =
        ListObjectsV2Args.builder()
            .bucket(bucket)
            .prefix(request.prefix())
            .maxKeys(request.limit())
            // Keys of other programs can have characters that XML cannot hold.
            .encodingType("url");
    if (request.folders()) {
      builder.delimiter("/");
    }
    switch (request.start()) {
      case Start.AfterKey(String key) -> builder.startAfter(key);
      case Start.Continued(String token) -> builder.continuationToken(token);
    }
    try {
      return Listings.page(now(listObjectsV2(builder.build())).result());
    } catch (CallFailure e) {
      throw e;
    } catch (IOException e) {
      throw new Broken(true, e);
    }
  }

  @Override
  public void delete(String key) throws CallFailure {
    RemoveObjectArgs args = RemoveObjectArgs.builder().bucket(bucket).object(key).build();
    now(executeDeleteAsync(args, null, null));
  }

  @Override
  public List<Refused> delete(List<String> keys) throws CallFailure {
    DeleteObjectsArgs args =
        DeleteObjectsArgs.builder()
            .bucket(bucket)
            .objects(keys.stream().map(DeleteRequest.Object::new).toList())
            .quiet(true)
            .build();
    return now(deleteObjects(args)).result().errors().stream()
        .map(error -> Refusals.within(200, error))
        .toList();
  }

  @Override
  public void deleteBefore(String key, Instant deadline) throws CallFailure {
    new MinioBucket(this, time(), Optional.of(deadline)).delete(key);
  }
}
