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
public record Facts(long size, String tag, Instant lastModified) {
  public Facts {
    lastModified = lastModified.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * From what stands in an answer.
   *
   * @param size negative when the answer does not say it
   * @param eTag as its header has it
   * @throws IOException when something is missing
   */
  public static Facts of(long size, Optional<String> eTag, Optional<Instant> lastModified)
      throws IOException {
    if (eTag.isEmpty() || lastModified.isEmpty() || size < 0) {
      throw new IOException(
          "the answer says length "
              + size
              + ", ETag "
              + eTag.orElse("none")
              + " and date "
              + lastModified.map(Instant::toString).orElse("none")
              + ", expected all three");
    }
    return new Facts(size, Tags.ofHeader(eTag.get()), lastModified.get());
  }

  public ObjectInfo named(String name) {
    return new ObjectInfo(name, size, tag, lastModified);
  }
}
