package io.elacsym.storage.minio;

import io.elacsym.api.storage.StorageStatistics.Operation;
import io.elacsym.storage.minio.CallFailure.Refused;
import io.minio.messages.DeleteResult;
import java.util.List;

/** Deletes objects, many with one request where the store can do that. */
final class ObjectDeletes {
  private static final String PERMISSION = "s3:DeleteObject";

  /** The most that one request may name. */
  private static final int BATCH = 1000;

  private static final int SUCCESS = 200;

  private final Requests requests;
  private final ObjectKeys keys;
  private final Failures failures;
  private volatile boolean oneByOne;

  ObjectDeletes(Requests requests, ObjectKeys keys, Failures failures) {
    this.requests = requests;
    this.keys = keys;
    this.failures = failures;
  }

  void delete(List<String> names) {
    requests.checkOpen();
    List<String> doomed = names.stream().distinct().toList();
    doomed.forEach(keys::key); // all names are checked before anything is deleted
    for (int from = 0; from < doomed.size(); from += BATCH) {
      deleteBatch(doomed.subList(from, Math.min(from + BATCH, doomed.size())));
    }
  }

  private void deleteBatch(List<String> batch) {
    try {
      if (oneByOne || batch.size() == 1 || !deletedAtOnce(batch)) {
        for (String name : batch) {
          requests.repeated(Operation.DELETE, api -> api.delete(keys.key(name)));
        }
      }
    } catch (CallFailure e) {
      throw failures.of(
          "cannot delete " + batch.size() + " objects, '" + batch.getFirst() + "' first",
          PERMISSION,
          e);
    }
  }

  /** False when the store cannot delete many at once. */
  private boolean deletedAtOnce(List<String> batch) throws CallFailure {
    try {
      List<String> doomed = batch.stream().map(keys::key).toList();
      requests.repeated(Operation.DELETE, api -> throwFirst(api.delete(doomed)));
      return true;
    } catch (Refused e) {
      oneByOne = e.status() == 405 || e.status() == 501;
      if (oneByOne) {
        return false;
      }
      throw e;
    }
  }

  /** An answer of success can say of single objects that they are still there. */
  private static void throwFirst(List<DeleteResult.Error> errors) throws Refused {
    for (DeleteResult.Error error : errors) {
      if (!"NoSuchKey".equals(error.code())) {
        throw Refusals.within(SUCCESS, error);
      }
    }
  }
}
