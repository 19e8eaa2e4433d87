package io.elacsym.storage.s3;

import io.elacsym.api.ElacsymException;
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
import io.elacsym.storage.bucket.client.SignatureLife;
import io.elacsym.storage.bucket.client.Tags;
import io.elacsym.storage.bucket.settings.Encryption;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** S3's operations on one bucket, through the AWS SDK. */
final class S3Bucket implements BucketClient {
  private final Connection connection;
  private final S3Settings settings;
  private final String bucket;
  private final AwsRequestOverrideConfiguration limits;

  /**
   * The checksum that each part carries. It is announced when the upload begins: otherwise S3
   * refuses the parts, or complains when the upload completes that it lacks the checksums.
   */
  private final Optional<ChecksumAlgorithm> partChecksum;

  private S3Bucket(Connection connection, S3Settings settings, Duration time) {
    this.connection = connection;
    this.settings = settings;
    this.bucket = settings.common().bucket();
    AwsRequestOverrideConfiguration.Builder limited = AwsRequestOverrideConfiguration.builder();
    this.limits = time.isZero() ? limited.build() : limited.apiCallAttemptTimeout(time).build();
    this.partChecksum =
        settings.checksumsAlways() ? Optional.of(ChecksumAlgorithm.CRC32) : Optional.empty();
  }

  /** Gets ready for requests; none is sent. */
  static S3Bucket of(S3Settings settings) {
    Connection connection = new Connection(settings, CredentialsChain.of(settings.common().keys()));
    return new S3Bucket(connection, settings, Duration.ZERO);
  }

  @Override
  public long largestBody() {
    return S3Settings.LARGEST_BODY;
  }

  @Override
  public S3Bucket within(Duration time) {
    return new S3Bucket(connection, settings, time);
  }

  @Override
  public Fetched get(String key, ByteRange range, Optional<String> unlessTag) throws CallFailure {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(bucket).key(key).overrideConfiguration(limits);
    if (range.equals(ByteRange.ALL)) {
      if (settings.checksumsAlways()) {
        request.checksumMode(ChecksumMode.ENABLED); // else the SDK compares none
      }
    } else {
      String last = range.end() == Long.MAX_VALUE ? "" : Long.toString(range.end() - 1);
      request.range("bytes=" + range.offset() + "-" + last);
    }
    unlessTag.map(Tags::toHeader).ifPresent(request::ifNoneMatch);
    return call(
        client -> client.getObject(request.build(), (answer, bytes) -> read(answer, bytes, range)));
  }

  private static Fetched read(
      GetObjectResponse answer, AbortableInputStream bytes, ByteRange range) {
    AnswerHead head =
        new AnswerHead(
            answer.sdkHttpResponse().statusCode(),
            Optional.ofNullable(answer.contentLength()).orElse(-1L),
            Optional.ofNullable(answer.contentRange()),
            Optional.ofNullable(answer.eTag()),
            Optional.ofNullable(answer.lastModified()));
    try {
      return Fetched.read(head, bytes, range);
    } catch (IOException e) {
      bytes.abort();
      // The SDK wraps other exceptions into its own; this one it hands on as it is, with the cause.
      throw RetryableException.create(
          "not the answer: " + e.getMessage(), e instanceof CallFailure ? e : new Broken(true, e));
    }
  }

  @Override
  public Facts head(String key) throws CallFailure {
    HeadObjectResponse head =
        call(client ->
            client.headObject(
                request -> request.bucket(bucket).key(key).overrideConfiguration(limits)));
    try {
      return facts(head.contentLength(), head.eTag(), head.lastModified());
    } catch (IOException e) {
      throw new Broken(true, e);
    }
  }

  private static Facts facts(
      @Nullable Long size, @Nullable String tag, @Nullable Instant lastModified)
      throws IOException {
    return Facts.of(
        size == null ? -1 : size, Optional.ofNullable(tag), Optional.ofNullable(lastModified));
  }

  @Override
  public Optional<String> put(String key, Body body, PutMode mode) throws CallFailure {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(bucket).key(key).overrideConfiguration(limits);
    switch (mode) {
      case PutMode.Overwrite always -> {
        // An unconditional put carries no condition.
      }
      case PutMode.IfAbsent absent -> request.ifNoneMatch("*");
      case PutMode.IfMatches same -> request.ifMatch(Tags.toHeader(same.tag()));
    }
    encryption().ifPresent(request::serverSideEncryption);
    settings.common().encryption().keyId().ifPresent(request::ssekmsKeyId);
    return tag(sent(body, (client, bytes) -> client.putObject(request.build(), bytes)).eTag());
  }

  private Optional<ServerSideEncryption> encryption() {
    Encryption.Kind kind = settings.common().encryption().kind();
    return switch (kind) {
      case BUCKETS_OWN -> Optional.empty();
      case STORE -> Optional.of(ServerSideEncryption.AES256);
      case SERVICE -> Optional.of(ServerSideEncryption.AWS_KMS);
    };
  }

  private static Optional<String> tag(@Nullable String eTag) {
    return Optional.ofNullable(eTag).map(Tags::ofHeader);
  }

  @Override
  public String createUpload(String key) throws CallFailure {
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder()
            .bucket(bucket)
            .key(key)
            .overrideConfiguration(limits);
    partChecksum.ifPresent(request::checksumAlgorithm); // the SDK announces none by itself
    encryption().ifPresent(request::serverSideEncryption);
    settings.common().encryption().keyId().ifPresent(request::ssekmsKeyId);
    return call(client -> client.createMultipartUpload(request.build())).uploadId();
  }

  @Override
  public SentPart sendPart(String key, String upload, int number, Body body) throws CallFailure {
    UploadPartRequest.Builder request =
        UploadPartRequest.builder()
            .bucket(bucket)
            .key(key)
            .uploadId(upload)
            .partNumber(number)
            .overrideConfiguration(limits);
    partChecksum.ifPresent(request::checksumAlgorithm);
    UploadPartResponse part =
        sent(body, (client, bytes) -> client.uploadPart(request.build(), bytes));
    return new SentPart(number, part.eTag(), Optional.ofNullable(part.checksumCRC32()));
  }

  @Override
  public Optional<String> completeUpload(String key, String upload, List<SentPart> parts)
      throws CallFailure {
    List<CompletedPart> completed =
        parts.stream()
            .map(part ->
                CompletedPart.builder()
                    .partNumber(part.number())
                    .eTag(part.tag())
                    .checksumCRC32(part.checksum().orElse(null))
                    .build())
            .toList();
    return tag(
        call(client ->
                client.completeMultipartUpload(request ->
                    request
                        .bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .multipartUpload(list -> list.parts(completed))
                        .overrideConfiguration(limits)))
            .eTag());
  }

  @Override
  public void abortUpload(String key, String upload) throws CallFailure {
    call(client ->
        client.abortMultipartUpload(request ->
            request.bucket(bucket).key(key).uploadId(upload).overrideConfiguration(limits)));
  }

  @Override
  public Page list(PageRequest wanted) throws CallFailure {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(bucket)
            .prefix(wanted.prefix())
            .maxKeys(wanted.limit())
            // Keys of other programs can have characters that XML cannot hold.
            .encodingType(EncodingType.URL)
            .overrideConfiguration(limits);
    if (wanted.folders()) {
      request.delimiter("/");
    }
    switch (wanted.start()) {
      case Start.AfterKey(String key) when key.isEmpty() -> {}
      case Start.AfterKey(String key) -> request.startAfter(key);
      case Start.Continued(String token) -> request.continuationToken(token);
    }
    ListObjectsV2Response answer = call(client -> client.listObjectsV2(request.build()));
    try {
      if (answer.isTruncated() == null) {
        // The answer may be a web page of a proxy, say. The SDK makes an empty list of that.
        throw new IOException("the answer is no list");
      }
      List<Page.Entry> objects = new ArrayList<>();
      for (S3Object object : answer.contents()) {
        objects.add(
            new Page.Entry(
                object.key(), facts(object.size(), object.eTag(), object.lastModified())));
      }
      return Page.of(
          objects,
          answer.commonPrefixes().stream().map(CommonPrefix::prefix).toList(),
          answer.isTruncated(),
          Optional.ofNullable(answer.nextContinuationToken()));
    } catch (IOException e) {
      throw new Broken(true, e);
    }
  }

  @Override
  public void delete(String key) throws CallFailure {
    call(client ->
        client.deleteObject(
            request -> request.bucket(bucket).key(key).overrideConfiguration(limits)));
  }

  @Override
  public List<Refused> delete(List<String> keys) throws CallFailure {
    List<ObjectIdentifier> objects =
        keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
    DeleteObjectsResponse answer =
        call(client ->
            client.deleteObjects(request ->
                request
                    .bucket(bucket)
                    .delete(delete -> delete.objects(objects).quiet(true))
                    .overrideConfiguration(limits)));
    int status = answer.sdkHttpResponse().statusCode();
    return answer.errors().stream().map(error -> SdkFailures.within(status, error)).toList();
  }

  @Override
  public void deleteBefore(String key, Instant deadline) throws CallFailure {
    new TimedDelete(connection, bucket, key).send(SignatureLife.until(deadline));
  }

  @FunctionalInterface
  private interface Upload<T> {
    T to(S3Client client, RequestBody bytes);
  }

  private <T> T sent(Body body, Upload<T> upload) throws CallFailure {
    RequestBody bytes =
        RequestBody.fromContentProvider(body::stream, body.length(), "application/octet-stream");
    try {
      return call(client -> upload.to(client, bytes));
    } catch (CallFailure e) {
      Optional<ElacsymException> unreadable = body.failure();
      if (unreadable.isPresent()) {
        throw unreadable.get();
      }
      throw e;
    }
  }

  private <T> T call(Function<S3Client, T> call) throws CallFailure {
    Sending sending = new Sending();
    try {
      return sending.watch(() -> call.apply(connection.client()));
    } catch (S3Exception e) {
      if (!e.isClockSkewException()) {
        throw SdkFailures.of(e, sending);
      }
    } catch (RuntimeException e) {
      throw SdkFailures.of(e, sending);
    }
    // The store refused the request because this machine's clock is wrong. From that answer the SDK
    // has learned the store's time, so the second signature will be right.
    Sending again = new Sending();
    try {
      return again.watch(() -> call.apply(connection.client()));
    } catch (RuntimeException e) {
      throw SdkFailures.of(e, again);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
