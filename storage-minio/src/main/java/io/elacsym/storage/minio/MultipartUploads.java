package io.elacsym.storage.minio;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.StorageStatistics.Operation;
import io.minio.messages.Part;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
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
  private final MinioSettings settings;
  private final Failures failures;
  private final AtomicBoolean toldOfParts = new AtomicBoolean();

  MultipartUploads(Requests requests, PutTries tries, MinioSettings settings, Failures failures) {
    this.requests = requests;
    this.tries = tries;
    this.settings = settings;
    this.failures = failures;
  }

  /** One upload under way. */
  private record Upload(String name, String key, String id) {}

  PutResult put(String name, String key, Payload payload) {
    Upload upload = new Upload(name, key, unseen(name, 0, api -> api.createUpload(key)));
    try {
      List<Part> parts = sendParts(upload, payload);
      // When this is in doubt, the upload is not aborted: it may be on its way to completion.
      return tries.put(
          name,
          PutMode.OVERWRITE,
          payload.size(),
          api -> api.completeUpload(key, upload.id(), parts));
    } catch (RuntimeException e) {
      abort(upload);
      throw e;
    }
  }

  private List<Part> sendParts(Upload upload, Payload payload) {
    int partSize =
        Math.max(settings.partSize(), Math.toIntExact(Math.ceilDiv(payload.size(), MAX_PARTS)));
    Semaphore room = new Semaphore(AT_ONCE);
    AtomicBoolean failed = new AtomicBoolean();
    List<Future<Part>> sent = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        PayloadReader reader = PayloadReader.open(upload.name(), payload)) {
      while (reader.hasMore() && !failed.get()) {
        acquire(room, threads, upload);
        byte[] bytes = reader.next(partSize);
        int number = sent.size() + 1;
        sent.add(
            threads.submit(() -> {
              try {
                return send(upload, number, bytes);
              } catch (RuntimeException e) {
                failed.set(true);
                throw e;
              } finally {
                room.release();
              }
            }));
      }
    }
    List<Part> parts = new ArrayList<>();
    for (Future<Part> part : sent) {
      parts.add(outcome(upload, part));
    }
    return parts;
  }

  private static void acquire(Semaphore room, ExecutorService threads, Upload upload) {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      threads.shutdownNow(); // else closing would wait for answers
      throw interrupted(upload, e);
    }
  }

  private Part send(Upload upload, int number, byte[] bytes) {
    Part part =
        unseen(
            upload.name(),
            bytes.length,
            api -> api.uploadPart(upload.key(), upload.id(), number, bytes));
    requests.counts().sent(bytes.length);
    return part;
  }

  private static Part outcome(Upload upload, Future<Part> part) {
    try {
      return part.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(upload, e);
    }
  }

  private static ElacsymException interrupted(Upload upload, InterruptedException e) {
    Thread.currentThread().interrupt();
    return ElacsymException.unavailable(
        PutTries.writing(upload.name()) + ": interrupted while it was uploaded", e);
  }

  /** A request that leaves nothing of the object to be seen. */
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
      requests.repeated(Operation.PUT, api -> api.abortUpload(upload.key(), upload.id()));
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
