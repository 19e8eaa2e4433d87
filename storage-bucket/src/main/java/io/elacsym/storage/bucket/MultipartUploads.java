package io.elacsym.storage.bucket;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.StorageStatistics.Operation;
import io.elacsym.storage.bucket.client.Body;
import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.SentPart;
import io.elacsym.storage.bucket.settings.BucketSettings;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes large objects, without a condition, in parts of which a few are under way at once. */
final class MultipartUploads {
  /** The largest object that S3 keeps. */
  static final long MAX_OBJECT = 5L << 40;

  private static final System.Logger LOG = System.getLogger(MultipartUploads.class.getName());
  private static final int MAX_PARTS = 10_000;
  private static final int AT_ONCE = 4;

  private final Requests requests;
  private final PutTries tries;
  private final BucketSettings settings;
  private final Failures failures;
  private final AtomicBoolean toldOfParts = new AtomicBoolean();

  MultipartUploads(Requests requests, PutTries tries, BucketSettings settings, Failures failures) {
    this.requests = requests;
    this.tries = tries;
    this.settings = settings;
    this.failures = failures;
  }

  /** One upload under way. */
  private record Upload(String name, String key, String id) {}

  PutResult put(String name, String key, Payload payload) {
    Upload upload = new Upload(name, key, unseen(name, 0, client -> client.createUpload(key)));
    try {
      List<SentPart> parts = sendParts(upload, payload);
      // When this is in doubt, the upload is not aborted: it may be on its way to completion.
      return tries.put(
          name,
          PutMode.OVERWRITE,
          payload.size(), // the store puts them together now
          client -> client.completeUpload(key, upload.id(), parts));
    } catch (RuntimeException e) {
      abort(upload);
      throw e;
    }
  }

  private List<SentPart> sendParts(Upload upload, Payload payload) {
    long size = payload.size();
    long partSize = Math.max(settings.partSize(), Math.ceilDiv(size, MAX_PARTS));
    AtomicBoolean failed = new AtomicBoolean();
    List<Future<Optional<SentPart>>> sent = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (long from = 0; from < size; from += partSize) {
        int number = sent.size() + 1;
        long offset = from;
        long length = Math.min(partSize, size - from);
        sent.add(
            threads.submit(() -> {
              if (failed.get()) {
                return Optional.empty(); // another part failed; its failure is thrown
              }
              try (Body part = Body.part(upload.name(), payload, offset, length)) {
                return Optional.of(send(upload, number, part));
              } catch (RuntimeException e) {
                failed.set(true);
                throw e;
              }
            }));
      }
    }
    List<SentPart> parts = new ArrayList<>();
    for (Future<Optional<SentPart>> part : sent) {
      outcome(upload, part).ifPresent(parts::add);
    }
    return parts;
  }

  private SentPart send(Upload upload, int number, Body body) {
    SentPart part =
        unseen(
            upload.name(),
            body.length(),
            client -> client.sendPart(upload.key(), upload.id(), number, body));
    requests.counts().sent(body.length());
    return part;
  }

  private static Optional<SentPart> outcome(Upload upload, Future<Optional<SentPart>> part) {
    try {
      return part.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ElacsymException.unavailable(
          PutTries.writing(upload.name()) + ": interrupted while it was uploaded", e);
    }
  }

  /**
   * Makes a request after which readers still see no change of the object, so that repeating it
   * does no harm: to begin an upload, or to send a part.
   */
  private <T> T unseen(String name, long bytes, Requests.Request<T> request) {
    try {
      return requests.repeated(Operation.PUT, bytes, request);
    } catch (CallFailure e) {
      throw failures.of(PutTries.writing(name), PutTries.PERMISSION, e);
    }
  }

  /** Lets the store forget the parts. That this fails must not hide why it is tried. */
  private void abort(Upload upload) {
    try {
      requests.repeated(
          Operation.PUT,
          0,
          client -> {
            client.abortUpload(upload.key(), upload.id());
            return upload;
          });
    } catch (CallFailure | ElacsymException e) {
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
