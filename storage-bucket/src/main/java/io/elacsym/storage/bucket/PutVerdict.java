package io.elacsym.storage.bucket;

import io.elacsym.api.storage.PutMode;
import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.CallFailure.Broken;
import io.elacsym.storage.bucket.client.CallFailure.NoCredentials;
import io.elacsym.storage.bucket.client.CallFailure.Refused;
import io.elacsym.storage.bucket.client.CallFailure.TooLarge;
import io.elacsym.storage.bucket.client.CallFailure.TooLate;

/**
 * What a put that was not acknowledged has come to. In doubt is always a safe answer: whoever put
 * reads back. The others must be certain.
 */
enum PutVerdict {
  /** The condition did not hold. Nothing was stored. */
  LOST,
  /** The store was busy with another write of this object. Nothing was stored. */
  BUSY,
  /** There was no connection. Nothing was stored; another try is ours to make, not the client's. */
  UNSENT,
  /** The store forbids it, for good or in passing. Nothing was stored. */
  DENIED,
  /** The store will not do this, now or ever. Nothing was stored. */
  REFUSED,
  /** The bytes may be stored, now or soon. */
  IN_DOUBT;

  static PutVerdict of(CallFailure failure, PutMode mode) {
    return switch (failure) {
      case NoCredentials none -> REFUSED;
      case TooLate late -> REFUSED;
      case TooLarge large -> REFUSED;
      case Broken broken -> broken.sent() ? IN_DOUBT : UNSENT;
      case Refused refused -> of(refused.status(), refused.code(), mode);
    };
  }

  /**
   * The verdict on an answer of the store.
   *
   * <pre>
   * 409 ConditionalRequestConflict, OperationAborted   BUSY      S3 decided another write first
   * 412 of a conditional put                           LOST
   * 403 AccessDenied                                   DENIED    see below
   * 404 NoSuchKey of an ifMatches                      LOST      there is nothing to match
   * 404 NoSuchUpload                                   IN_DOUBT  completed by a try before, or aborted
   * 400 RequestTimeout, IncompleteBody                 IN_DOUBT  a slow or cut connection
   * 408, 429                                           IN_DOUBT  a proxy may say so after passing it on
   * 501, 507                                           REFUSED   not implemented, no space
   * any other 3xx, 4xx                                 REFUSED
   * any other 5xx                                      IN_DOUBT  MinIO: 503 when a quorum fails half way
   * 2xx with an error in its body                      IN_DOUBT  as its code says, if it is above
   * </pre>
   *
   * <p>501 and 507 differ from the others above 499 in what they are defined to say: that the
   * request was not carried out. A proxy has no reason to say so of a request that it has passed on
   * and whose answer it misses; for that there are 502 and 504. S3 gives 501 to what it does not
   * implement, and has no 507. MinIO gives 507 when there is no room before it begins, or when so
   * many drives turn out to be full that the others are too few to read the object from.
   *
   * <p>An AccessDenied is for good when a policy forbids the put. But MinIO gives it, too, to a put
   * beside which the last other object of a folder is deleted: it removes the empty folder, and
   * then cannot make the new object's in it. That is one put of tens of thousands, and the next try
   * works.
   */
  static PutVerdict of(int status, String code, PutMode mode) {
    if (code.equals("ConditionalRequestConflict") || code.equals("OperationAborted")) {
      return BUSY;
    }
    if (mode.conditional() && (status == 412 || code.equals("PreconditionFailed"))) {
      return LOST;
    }
    return switch (status) {
      case 403 -> code.equals("AccessDenied") ? DENIED : REFUSED;
      case 404 -> ofNotFound(code, mode);
      case 400 ->
          code.equals("RequestTimeout") || code.equals("IncompleteBody") ? IN_DOUBT : REFUSED;
      case 408, 429 -> IN_DOUBT;
      case 501, 507 -> REFUSED;
      default -> status >= 300 && status <= 499 ? REFUSED : IN_DOUBT;
    };
  }

  private static PutVerdict ofNotFound(String code, PutMode mode) {
    if (code.equals("NoSuchUpload")) {
      return IN_DOUBT;
    }
    return code.equals("NoSuchKey") && mode instanceof PutMode.IfMatches ? LOST : REFUSED;
  }
}
