package io.elacsym.storage.s3;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.StoredObject;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads objects and what is known of them, each with one request. A range beyond the end costs two:
 * the store's refusal does not say the version.
 */
final class ObjectReads {
  private static final String PERMISSION = "s3:GetObject";
  private static final Pattern TOTAL = Pattern.compile("bytes \\d+-\\d+/(\\d+)");

  private static final int NOT_MODIFIED = 304;
  private static final int NOT_FOUND = 404;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** An object that grew between a refusal and the look at its size is read again. */
  private static final int TRIES = 3;

  private final S3Clients clients;
  private final S3Settings settings;
  private final ObjectKeys keys;
  private final Failures failures;

  ObjectReads(S3Clients clients, S3Settings settings, ObjectKeys keys, Failures failures) {
    this.clients = clients;
    this.settings = settings;
    this.keys = keys;
    this.failures = failures;
  }

  Optional<StoredObject> get(String name, ByteRange range) {
    for (int left = TRIES; left > 0; left--) {
      if (range.length() == 0) {
        return head(name).map(info -> new StoredObject(info, new byte[0]));
      }
      try {
        return Optional.of(fetch(name, range, Optional.empty()));
      } catch (RuntimeException e) {
        if (isAbsent(e)) {
          return Optional.empty();
        }
        if (!hasStatus(e, RANGE_NOT_SATISFIABLE)) {
          throw failures.of(reading(name), PERMISSION, e);
        }
      }
      Optional<ObjectInfo> info = head(name);
      if (info.isEmpty() || info.get().size() <= range.offset()) {
        return info.map(known -> new StoredObject(known, new byte[0]));
      }
    }
    throw ElacsymException.unavailable(
        reading(name) + ": its size keeps changing", new IOException("range refused"));
  }

  Changed getIfChanged(String name, String knownVersion) {
    try {
      return Changed.to(Optional.of(fetch(name, ByteRange.ALL, Optional.of(knownVersion))));
    } catch (RuntimeException e) {
      if (hasStatus(e, NOT_MODIFIED)) {
        return Changed.UNCHANGED;
      }
      if (isAbsent(e)) {
        return Changed.to(Optional.empty());
      }
      throw failures.of(reading(name), PERMISSION, e);
    }
  }

  Optional<ObjectInfo> head(String name) {
    String key = keys.key(name);
    try {
      HeadObjectResponse head =
          clients.call(
              client -> client.headObject(request -> request.bucket(settings.bucket()).key(key)));
      return Optional.of(info(name, head.contentLength(), head.eTag(), head.lastModified()));
    } catch (RuntimeException e) {
      if (hasStatus(e, NOT_FOUND)) {
        return Optional.empty(); // an answer to HEAD has no body that could say what is absent
      }
      throw failures.of("cannot look at object '" + name + "'", PERMISSION, e);
    }
  }

  private StoredObject fetch(String name, ByteRange range, Optional<String> unlessVersion) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(settings.bucket()).key(keys.key(name));
    if (!range.equals(ByteRange.ALL)) {
      String last = range.end() == Long.MAX_VALUE ? "" : Long.toString(range.end() - 1);
      request.range("bytes=" + range.offset() + "-" + last);
      if (!last.isEmpty()) {
        request.overrideConfiguration(clients.timeFor(range.length()));
      }
    }
    unlessVersion.map(Versions::toTag).ifPresent(request::ifNoneMatch);
    GetObjectRequest built = request.build();
    StoredObject object = clients.call(client -> client.getObject(built, transformer(name, range)));
    clients.counts().received(object.bytes().length);
    return object;
  }

  /** Reads the answer while the SDK can still repeat the request. */
  private static ResponseTransformer<GetObjectResponse, StoredObject> transformer(
      String name, ByteRange range) {
    return (answer, stream) -> {
      try {
        return read(name, range, answer, stream);
      } catch (IOException e) {
        throw RetryableException.create("the answer ended early: " + e.getMessage(), e);
      }
    };
  }

  private static StoredObject read(
      String name, ByteRange range, GetObjectResponse answer, AbortableInputStream stream)
      throws IOException {
    boolean part = answer.contentRange() != null;
    long size = part ? total(answer.contentRange()) : length(answer.contentLength());
    ByteRange wanted = range.within(size);
    if (wanted.length() > Integer.MAX_VALUE - 8) {
      stream.abort();
      throw ElacsymException.invalid(
          "range "
              + wanted.offset()
              + "+"
              + wanted.length()
              + " of object '"
              + name
              + "' is larger than an array; read it in parts");
    }
    if (!part) {
      stream.skipNBytes(wanted.offset()); // a store that does not know ranges
    }
    byte[] bytes = stream.readNBytes((int) wanted.length());
    if (bytes.length < wanted.length()) {
      throw new IOException(bytes.length + " of " + wanted.length() + " bytes came");
    }
    if (!part && wanted.end() < size) {
      stream.abort();
    } else if (stream.read() >= 0) { // also lets the SDK compare checksums, at the end
      throw new IOException("more than " + wanted.length() + " bytes came");
    }
    return new StoredObject(info(name, size, answer.eTag(), answer.lastModified()), bytes);
  }

  private static long length(@Nullable Long contentLength) throws IOException {
    if (contentLength == null) {
      throw new IOException("there is no Content-Length");
    }
    return contentLength;
  }

  private static long total(String contentRange) throws IOException {
    Matcher matcher = TOTAL.matcher(contentRange);
    if (!matcher.matches()) {
      throw new IOException("Content-Range is '" + contentRange + "', expected the whole size");
    }
    return Long.parseLong(matcher.group(1));
  }

  /** In whole seconds, as HTTP has it: the same in a list, which knows milliseconds. */
  static ObjectInfo info(
      String name, @Nullable Long size, @Nullable String tag, @Nullable Instant modified) {
    if (size == null || tag == null || modified == null) {
      String told = "the store says size " + size + ", ETag " + tag + " and date " + modified;
      throw ElacsymException.withDetail(
          ErrorKind.UNAVAILABLE,
          "the store does not say size, ETag and date of object '" + name + "'",
          told,
          new IOException(told));
    }
    return new ObjectInfo(
        name, size, Versions.ofTag(tag), modified.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String reading(String name) {
    return "cannot read object '" + name + "'";
  }

  /** Not any 404: what answers may be no S3 store, and then nothing is known to be absent. */
  private static boolean isAbsent(RuntimeException e) {
    return e instanceof S3Exception answer && PutVerdict.code(answer).equals("NoSuchKey");
  }

  private static boolean hasStatus(RuntimeException e, int status) {
    return e instanceof S3Exception answer && answer.statusCode() == status;
  }
}
