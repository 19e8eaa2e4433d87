package io.elacsym.storage.bucket;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.storage.bucket.client.Body;
import io.elacsym.storage.bucket.settings.BucketSettings;

/** Writes objects: small ones and conditional ones with one request, other ones in parts. */
final class ObjectWrites {
  private final Requests requests;
  private final BucketSettings settings;
  private final ObjectKeys keys;
  private final PutTries tries;
  private final MultipartUploads multipart;

  ObjectWrites(Requests requests, BucketSettings settings, ObjectKeys keys, Failures failures) {
    this.requests = requests;
    this.settings = settings;
    this.keys = keys;
    this.tries = new PutTries(requests, failures);
    this.multipart = new MultipartUploads(requests, tries, settings, failures);
  }

  PutResult put(String name, Payload payload, PutMode mode) {
    String key = keys.key(name);
    long limit = mode.conditional() ? requests.largestBody() : MultipartUploads.MAX_OBJECT;
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
    try (Body body = Body.of(name, payload)) {
      PutResult result =
          tries.put(name, mode, body.length(), client -> client.put(key, body, mode));
      if (result.outcome() == PutResult.Outcome.WON) {
        requests.counts().sent(body.length());
      }
      return result;
    }
  }
}
