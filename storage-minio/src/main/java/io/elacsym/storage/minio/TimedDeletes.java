package io.elacsym.storage.minio;

import io.elacsym.api.storage.StorageStatistics.Operation;
import java.time.Instant;

/**
 * Deletes an object with one request whose signature has an end: the store refuses it from then on,
 * also when its sender has slept or the network has kept it.
 */
final class TimedDeletes {
  private static final String PERMISSION = "s3:DeleteObject";

  private final Requests requests;
  private final ObjectKeys keys;
  private final Failures failures;

  TimedDeletes(Requests requests, ObjectKeys keys, Failures failures) {
    this.requests = requests;
    this.keys = keys;
    this.failures = failures;
  }

  void delete(String name, Instant deadline) {
    String key = keys.key(name);
    try {
      requests
          .tries(Operation.DELETE, 0)
          .send(api -> {
            api.before(deadline).delete(key);
            return key;
          });
    } catch (CallFailure e) {
      throw failures.of("cannot delete object '" + name + "'", PERMISSION, e);
    }
  }
}
