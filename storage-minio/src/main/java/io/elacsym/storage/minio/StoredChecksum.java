package io.elacsym.storage.minio;

import io.minio.Checksum;
import io.minio.errors.MinioException;
import java.io.IOException;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Compares a whole object with the checksums that the store keeps of it, if it keeps any. */
final class StoredChecksum {
  private StoredChecksum() {}

  /**
   * @throws IOException when a stored checksum is not that of {@code bytes}
   */
  static void check(Headers answer, byte[] bytes) throws IOException {
    if ("COMPOSITE".equals(answer.get("x-amz-checksum-type"))) {
      return; // it is a checksum over checksums of parts, not over the content
    }
    for (Checksum.Algorithm algorithm : Checksum.Algorithm.values()) {
      @Nullable String stored = answer.get(algorithm.header());
      if (stored == null || stored.contains("-")) { // a number of parts follows
        continue;
      }
      String actual = Checksum.base64String(sum(algorithm, bytes));
      if (!actual.equals(stored)) {
        throw new IOException(
            "the bytes have " + algorithm + " " + actual + ", the store says " + stored);
      }
    }
  }

  private static byte[] sum(Checksum.Algorithm algorithm, byte[] bytes) throws IOException {
    try {
      Checksum.Hasher hasher = algorithm.hasher();
      hasher.update(bytes, 0, bytes.length);
      return hasher.sum();
    } catch (MinioException e) {
      throw new IOException(e); // an algorithm that this JVM lacks
    }
  }
}
