package io.elacsym.storage.bucket.client;

import io.elacsym.api.storage.ObjectInfo;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What an answer says of an object.
 *
 * @param size of the whole object in bytes
 * @param lastModified in whole seconds, as HTTP has it; lists know milliseconds
 */
public record Facts(long size, String version, Instant lastModified) {
  public Facts {
    lastModified = lastModified.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * From what stands in an answer.
   *
   * @param size negative when the answer does not say it
   * @param tag the ETag
   * @throws IOException when something is missing
   */
  public static Facts of(long size, Optional<String> tag, Optional<Instant> lastModified)
      throws IOException {
    if (tag.isEmpty() || lastModified.isEmpty() || size < 0) {
      throw new IOException(
          "the answer says length "
              + size
              + ", ETag "
              + tag.orElse("none")
              + " and date "
              + lastModified.map(Instant::toString).orElse("none")
              + ", expected all three");
    }
    return new Facts(size, Versions.ofTag(tag.get()), lastModified.get());
  }

  public ObjectInfo named(String name) {
    return new ObjectInfo(name, size, version, lastModified);
  }
}
