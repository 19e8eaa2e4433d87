package io.elacsym.storage.bucket;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.StorageStatistics.Operation;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.CallFailure.Refused;
import io.elacsym.storage.bucket.client.Fetched;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads objects and what is known of them, each with one request. A range beyond the end costs two:
 * the store's refusal does not say the tag.
 */
final class ObjectReads {
  private static final String PERMISSION = "s3:GetObject";

  private static final int NOT_MODIFIED = 304;
  private static final int NOT_FOUND = 404;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** An object that grew between a refusal and the look at its size is read again. */
  private static final int TRIES = 3;

  private final Requests requests;
  private final ObjectKeys keys;
  private final Failures failures;

  ObjectReads(Requests requests, ObjectKeys keys, Failures failures) {
    this.requests = requests;
    this.keys = keys;
    this.failures = failures;
  }

  Optional<StoredObject> get(String name, ByteRange range) {
    String key = keys.key(name);
    for (int left = TRIES; left > 0; left--) {
      if (range.length() == 0) {
        return nothingOf(head(name));
      }
      try {
        return Optional.of(fetch(name, key, range, Optional.empty()));
      } catch (CallFailure e) {
        if (isAbsent(e)) {
          return Optional.empty();
        }
        if (!hasStatus(e, RANGE_NOT_SATISFIABLE)) {
          throw failures.of(reading(name), PERMISSION, e);
        }
      }
      Optional<ObjectInfo> info = head(name);
      if (info.isEmpty() || info.get().size() <= range.offset()) {
        return nothingOf(info);
      }
    }
    throw ElacsymException.unavailable(
        reading(name) + ": its size keeps changing", new IOException("range refused"));
  }

  private static Optional<StoredObject> nothingOf(Optional<ObjectInfo> object) {
    return object.map(info -> new StoredObject(info, new byte[0]));
  }

  private StoredObject fetch(String name, String key, ByteRange range, Optional<String> unlessTag)
      throws CallFailure {
    // A range that is longer than any array is cut off at the end of the object. How many bytes
    // come is then unknown, and so is the time they need.
    long bytes = range.length() > Integer.MAX_VALUE ? Requests.UNKNOWN : range.length();
    Fetched object =
        requests.repeated(Operation.GET, bytes, client -> client.get(key, range, unlessTag));
    requests.counts().received(object.bytes().length);
    return object.named(name);
  }

  Changed getIfChanged(String name, String knownTag) {
    String key = keys.key(name);
    try {
      return Changed.to(Optional.of(fetch(name, key, ByteRange.ALL, Optional.of(knownTag))));
    } catch (CallFailure e) {
      if (hasStatus(e, NOT_MODIFIED)) {
        return Changed.UNCHANGED;
      }
      if (isAbsent(e)) {
        return Changed.GONE;
      }
      throw failures.of(reading(name), PERMISSION, e);
    }
  }

  Optional<ObjectInfo> head(String name) {
    String key = keys.key(name);
    try {
      return Optional.of(
          requests.repeated(Operation.HEAD, 0, client -> client.head(key)).named(name));
    } catch (CallFailure e) {
      // An answer to HEAD has no body that could say what is absent; MinIO says it in a header.
      if (hasStatus(e, NOT_FOUND) && !hasCode(e, "NoSuchBucket")) {
        return Optional.empty();
      }
      throw failures.of("cannot look at object '" + name + "'", PERMISSION, e);
    }
  }

  private static String reading(String name) {
    return "cannot read object '" + name + "'";
  }

  /**
   * Whether the store says that there is no such object. A status 404 alone does not say so:
   * whatever answers may be no S3 store, and then nothing is known to be absent.
   */
  private static boolean isAbsent(CallFailure failure) {
    return hasCode(failure, "NoSuchKey");
  }

  private static boolean hasCode(CallFailure failure, String code) {
    return failure instanceof Refused refused && refused.code().equals(code);
  }

  private static boolean hasStatus(CallFailure failure, int status) {
    return failure instanceof Refused refused && refused.status() == status;
  }
}
