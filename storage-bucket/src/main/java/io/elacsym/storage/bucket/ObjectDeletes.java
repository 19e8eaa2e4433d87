package io.elacsym.storage.bucket;

import io.elacsym.api.storage.StorageStatistics.Operation;
import io.elacsym.storage.bucket.client.BucketClient;
import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.CallFailure.Refused;
import java.time.Instant;
import java.util.List;

/**
 * Deletes objects, many with one request where the store can do that. An object that is absent
 * already counts as deleted, also when the store calls that an error.
 */
final class ObjectDeletes {
  private static final String PERMISSION = "s3:DeleteObject";

  /** The most that one request may name. */
  private static final int BATCH = 1000;

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

  /**
   * Deletes one object with a request that the store refuses from the deadline on. It is sent once
   * and never repeated.
   */
  void deleteBefore(String name, Instant deadline) {
    String key = keys.key(name);
    try {
      requests
          .tries(Operation.DELETE, 0)
          .send(client -> unlessAbsent(() -> client.deleteBefore(key, deadline)));
    } catch (CallFailure e) {
      throw failures.of("cannot delete object '" + name + "'", PERMISSION, e);
    }
  }

  private void deleteBatch(List<String> batch) {
    try {
      if (oneByOne || batch.size() == 1 || !deletedAtOnce(batch)) {
        for (String name : batch) {
          String key = keys.key(name);
          requests.repeated(Operation.DELETE, 0, client -> unlessAbsent(() -> client.delete(key)));
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
    List<String> doomed = batch.stream().map(keys::key).toList();
    try {
      return requests.repeated(Operation.DELETE, 0, client -> allDeleted(client, doomed));
    } catch (Refused e) {
      oneByOne = e.status() == 405 || e.status() == 501;
      if (oneByOne) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Deletes objects. An answer whose status is success can still name objects that were not
   * deleted: the first of these is thrown, unless it is merely absent.
   */
  private static boolean allDeleted(BucketClient client, List<String> doomed) throws CallFailure {
    for (Refused refused : client.delete(doomed)) {
      if (!isAbsent(refused)) {
        throw refused;
      }
    }
    return true;
  }

  /** A request whose answer holds nothing but success. */
  @FunctionalInterface
  private interface Delete {
    void send() throws CallFailure;
  }

  private static boolean unlessAbsent(Delete delete) throws CallFailure {
    try {
      delete.send();
    } catch (Refused refused) {
      if (!isAbsent(refused)) {
        throw refused;
      }
    }
    return true;
  }

  private static boolean isAbsent(Refused refused) {
    return refused.code().equals("NoSuchKey");
  }
}
