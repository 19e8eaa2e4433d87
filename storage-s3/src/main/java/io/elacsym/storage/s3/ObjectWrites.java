package io.elacsym.storage.s3;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Writes objects: small ones and conditional ones with one request, other ones in parts. */
final class ObjectWrites {
  static final String PERMISSION = "s3:PutObject";

  private final S3Clients clients;
  private final S3Settings settings;
  private final ObjectKeys keys;
  private final Failures failures;
  private final MultipartUploads multipart;

  ObjectWrites(S3Clients clients, S3Settings settings, ObjectKeys keys, Failures failures) {
    this.clients = clients;
    this.settings = settings;
    this.keys = keys;
    this.failures = failures;
    this.multipart = new MultipartUploads(clients, settings, failures);
  }

  PutResult put(String name, Payload payload, PutMode mode) {
    String key = keys.key(name);
    long limit = mode.conditional() ? S3Settings.MAX_SINGLE_PUT : MultipartUploads.MAX_OBJECT;
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
    PutObjectRequest request = request(key, payload.size(), mode);
    Tries tries = new Tries();
    try (PayloadBody body = new PayloadBody(name, payload, 0, payload.size())) {
      try {
        PutObjectResponse answer =
            tries.watch(() ->
                mode.conditional()
                    ? clients.callCarefully(client -> client.putObject(request, body.request()))
                    : clients.call(client -> client.putObject(request, body.request())));
        clients.counts().sent(payload.size());
        return won(answer.eTag());
      } catch (RuntimeException e) {
        return unacknowledged(name, mode, tries, body.failure(), e);
      }
    }
  }

  private PutObjectRequest request(String key, long size, PutMode mode) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(settings.bucket())
            .key(key)
            .overrideConfiguration(clients.timeFor(size));
    if (mode.ifAbsent()) {
      request.ifNoneMatch("*");
    }
    mode.version().map(Versions::toTag).ifPresent(request::ifMatch);
    settings.encryption().algorithm().ifPresent(request::serverSideEncryption);
    settings.encryption().keyId().ifPresent(request::ssekmsKeyId);
    return request.build();
  }

  private PutResult unacknowledged(
      String name,
      PutMode mode,
      Tries tries,
      Optional<ElacsymException> unreadable,
      RuntimeException e) {
    if (tries.earlierInDoubt()) {
      return PutResult.UNKNOWN; // whatever became of the last try
    }
    if (unreadable.isPresent()) {
      throw unreadable.get();
    }
    return switch (PutVerdict.of(e, mode, tries)) {
      case LOST -> PutResult.LOST;
      case IN_DOUBT -> PutResult.UNKNOWN;
      case BUSY, DENIED, REFUSED -> throw failures.of(writing(name), PERMISSION, e);
    };
  }

  /** A store that gives no ETag leaves the writer without a version, so it must read back. */
  static PutResult won(@Nullable String tag) {
    return tag == null ? PutResult.UNKNOWN : PutResult.won(Versions.ofTag(tag));
  }

  static String writing(String name) {
    return "cannot write object '" + name + "'";
  }
}
