package io.elacsym.storage.s3;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** Writes large objects, without a condition, in parts of which a few are under way at once. */
final class MultipartUploads {
  /** The largest object that S3 keeps. */
  static final long MAX_OBJECT = 5L << 40;

  private static final System.Logger LOG = System.getLogger(MultipartUploads.class.getName());
  private static final int MAX_PARTS = 10_000;
  private static final int AT_ONCE = 4;

  private final S3Clients clients;
  private final S3Settings settings;
  private final Failures failures;

  /** Of each part. S3 wants it announced: else it refuses parts, or misses them in the end. */
  private final Optional<ChecksumAlgorithm> checksum;

  private final AtomicBoolean toldOfParts = new AtomicBoolean();

  MultipartUploads(S3Clients clients, S3Settings settings, Failures failures) {
    this.clients = clients;
    this.settings = settings;
    this.failures = failures;
    this.checksum =
        settings.checksumsAlways() ? Optional.of(ChecksumAlgorithm.CRC32) : Optional.empty();
  }

  /** One upload under way. */
  private record Upload(String name, String key, String id) {}

  PutResult put(String name, String key, Payload payload) {
    Upload upload = begin(name, key);
    List<CompletedPart> parts;
    try {
      parts = sendParts(upload, payload);
    } catch (RuntimeException e) {
      abort(upload);
      throw failures.of(ObjectWrites.writing(name), ObjectWrites.PERMISSION, e);
    }
    return complete(upload, parts, payload.size());
  }

  private Upload begin(String name, String key) {
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder().bucket(settings.bucket()).key(key);
    checksum.ifPresent(request::checksumAlgorithm); // the SDK announces none by itself
    settings.encryption().algorithm().ifPresent(request::serverSideEncryption);
    settings.encryption().keyId().ifPresent(request::ssekmsKeyId);
    try {
      return new Upload(
          name,
          key,
          clients.call(client -> client.createMultipartUpload(request.build())).uploadId());
    } catch (RuntimeException e) {
      throw failures.of(ObjectWrites.writing(name), ObjectWrites.PERMISSION, e);
    }
  }

  private List<CompletedPart> sendParts(Upload upload, Payload payload) {
    long size = payload.size();
    long partSize = Math.max(settings.partSize(), Math.ceilDiv(size, MAX_PARTS));
    AtomicBoolean failed = new AtomicBoolean();
    List<Future<CompletedPart>> sent = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (long from = 0; from < size; from += partSize) {
        int number = sent.size() + 1;
        long offset = from;
        long length = Math.min(partSize, size - from);
        sent.add(
            threads.submit(() -> {
              try {
                return failed.get()
                    ? CompletedPart.builder().build() // another's failure is what counts
                    : send(upload, number, payload, offset, length);
              } catch (RuntimeException e) {
                failed.set(true);
                throw e;
              }
            }));
      }
    }
    return sent.stream().map(MultipartUploads::outcome).toList();
  }

  private CompletedPart send(Upload upload, int number, Payload payload, long offset, long length) {
    UploadPartRequest.Builder request =
        UploadPartRequest.builder()
            .bucket(settings.bucket())
            .key(upload.key())
            .uploadId(upload.id())
            .partNumber(number)
            .overrideConfiguration(clients.timeFor(length));
    checksum.ifPresent(request::checksumAlgorithm);
    try (PayloadBody body = new PayloadBody(upload.name(), payload, offset, length)) {
      var answer = clients.call(client -> client.uploadPart(request.build(), body.request()));
      clients.counts().sent(length);
      return CompletedPart.builder()
          .partNumber(number)
          .eTag(answer.eTag())
          .checksumCRC32(answer.checksumCRC32())
          .build();
    }
  }

  private static CompletedPart outcome(Future<CompletedPart> part) {
    try {
      return part.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ElacsymException.unavailable("interrupted while an object was uploaded", e);
    }
  }

  private PutResult complete(Upload upload, List<CompletedPart> parts, long size) {
    CompleteMultipartUploadRequest request =
        CompleteMultipartUploadRequest.builder()
            .bucket(settings.bucket())
            .key(upload.key())
            .uploadId(upload.id())
            .multipartUpload(list -> list.parts(parts))
            .overrideConfiguration(clients.timeFor(size)) // the store puts them together now
            .build();
    Tries tries = new Tries();
    try {
      return ObjectWrites.won(
          tries
              .watch(() -> clients.call(client -> client.completeMultipartUpload(request)))
              .eTag());
    } catch (RuntimeException e) {
      PutVerdict verdict = PutVerdict.of(e, PutMode.OVERWRITE, tries);
      if (tries.earlierInDoubt() || verdict == PutVerdict.IN_DOUBT) {
        return PutResult.UNKNOWN; // not aborted: it may be on its way
      }
      abort(upload);
      throw failures.of(ObjectWrites.writing(upload.name()), ObjectWrites.PERMISSION, e);
    }
  }

  /** Lets the store forget the parts. That this fails must not hide why it is tried. */
  private void abort(Upload upload) {
    try {
      clients.call(client ->
          client.abortMultipartUpload(request ->
              request.bucket(settings.bucket()).key(upload.key()).uploadId(upload.id())));
    } catch (RuntimeException e) {
      LOG.log(
          toldOfParts.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG,
          "parts of an upload that failed stay in "
              + settings.place()
              + " until a lifecycle rule AbortIncompleteMultipartUpload removes them,"
              + " because aborting object '"
              + upload.name()
              + "' failed: "
              + e.getMessage());
    }
  }
}
