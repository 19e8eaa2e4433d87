package io.elacsym.storage.minio;

import io.elacsym.api.storage.ObjectInfo;
import io.minio.messages.Item;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says of an object.
 *
 * @param size of the whole object in bytes
 * @param lastModified in whole seconds, as HTTP has it; lists know milliseconds
 */
record Facts(long size, String version, Instant lastModified) {
  Facts {
    lastModified = lastModified.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * From the head of an answer.
   *
   * @throws IOException when something is missing
   */
  static Facts of(Headers headers, long size) throws IOException {
    @Nullable String tag = headers.get("ETag");
    @Nullable Instant lastModified = headers.getInstant("Last-Modified");
    return of(size, tag, lastModified);
  }

  /** From a listing, as {@link #of(Headers, long)}. */
  static Facts of(Item item) throws IOException {
    @Nullable ZonedDateTime lastModified = item.lastModified();
    return of(item.size(), item.etag(), lastModified == null ? null : lastModified.toInstant());
  }

  private static Facts of(long size, @Nullable String tag, @Nullable Instant lastModified)
      throws IOException {
    if (tag == null || lastModified == null || size < 0) {
      throw new IOException(
          "the answer says length "
              + size
              + ", ETag "
              + tag
              + " and date "
              + lastModified
              + ", expected all three");
    }
    return new Facts(size, Versions.ofTag(tag), lastModified);
  }

  ObjectInfo named(String name) {
    return new ObjectInfo(name, size, version, lastModified);
  }
}
