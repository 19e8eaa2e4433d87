package io.elacsym.storage.bucket;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.StorageStatistics.Operation;
import io.elacsym.storage.bucket.client.CallFailure;
import java.util.Optional;

/**
 * Makes the one request with which an object is there, again where that does no harm, and says what
 * has become of it.
 */
final class PutTries {
  static final String PERMISSION = "s3:PutObject";

  private final Requests requests;
  private final Failures failures;

  PutTries(Requests requests, Failures failures) {
    this.requests = requests;
    this.failures = failures;
  }

  /**
   * @param bytes how many the request carries, or how many the store puts together for it; its time
   *     limit grows with them
   * @param request answers with the object's new tag. When the answer lacks the tag, the put is in
   *     doubt, and the caller must read back.
   */
  PutResult put(String name, PutMode mode, long bytes, Requests.Request<Optional<String>> request) {
    Requests.Tries tries = requests.tries(Operation.PUT, bytes);
    boolean inDoubt = false;
    while (true) {
      try {
        return tries.send(request).map(PutResult::won).orElse(PutResult.UNKNOWN);
      } catch (CallFailure failure) {
        PutVerdict verdict = PutVerdict.of(failure, mode);
        inDoubt |= verdict == PutVerdict.IN_DOUBT;
        boolean harmless =
            switch (verdict) {
              case BUSY, UNSENT, DENIED -> true;
              // A second conditional put would lose against the first, if that is stored.
              case IN_DOUBT -> !mode.conditional() && Passing.mayPass(failure);
              case LOST, REFUSED -> false;
            };
        if (harmless && tries.again(failure)) {
          continue;
        }
        if (verdict == PutVerdict.LOST) {
          return PutResult.LOST;
        }
        if (inDoubt) {
          return PutResult.UNKNOWN;
        }
        throw failures.of(writing(name), PERMISSION, failure);
      } catch (ElacsymException unsent) { // closed between two tries, or an unreadable payload
        if (inDoubt) {
          return PutResult.UNKNOWN;
        }
        throw unsent;
      }
    }
  }

  static String writing(String name) {
    return "cannot write object '" + name + "'";
  }
}
