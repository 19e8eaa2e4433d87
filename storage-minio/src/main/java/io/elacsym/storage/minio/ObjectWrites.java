package io.elacsym.storage.minio;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import java.util.Map;

/** Writes objects: small ones and conditional ones with one request, other ones in parts. */
final class ObjectWrites {
  /** What fits into an array, in which the client wants the body. */
  private static final long MAX_SINGLE_PUT = Integer.MAX_VALUE - 8;

  private final Requests requests;
  private final MinioSettings settings;
  private final ObjectKeys keys;
  private final PutTries tries;
  private final MultipartUploads multipart;

  ObjectWrites(Requests requests, MinioSettings settings, ObjectKeys keys, Failures failures) {
    this.requests = requests;
    this.settings = settings;
    this.keys = keys;
    this.tries = new PutTries(requests, failures);
    this.multipart = new MultipartUploads(requests, tries, settings, failures);
  }

  PutResult put(String name, Payload payload, PutMode mode) {
    String key = keys.key(name);
    long limit = mode.conditional() ? MAX_SINGLE_PUT : MultipartUploads.MAX_OBJECT;
    if (payload.size() > limit) {
      throw new ElacsymException(
          ErrorKind.TOO_LARGE,
          "object '"
              + name
              + "' has "
              + payload.size()
              + " bytes, expected at most "
              + limit
              + (mode.conditional() ? " in a conditional put" : ""));
    }
    return mode.conditional() || payload.size() <= settings.multipartThreshold()
        ? putWhole(name, key, payload, mode)
        : multipart.put(name, key, payload);
  }

  private PutResult putWhole(String name, String key, Payload payload, PutMode mode) {
    byte[] bytes;
    try (PayloadReader reader = PayloadReader.open(name, payload)) {
      bytes = reader.next((int) payload.size());
    }
    Map<String, String> condition = Versions.condition(mode);
    PutResult result = tries.put(name, mode, bytes.length, api -> api.put(key, bytes, condition));
    if (result.outcome() == PutResult.Outcome.WON) {
      requests.counts().sent(bytes.length);
    }
    return result;
  }
}
