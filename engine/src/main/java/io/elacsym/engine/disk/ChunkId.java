package io.elacsym.engine.disk;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a file of the cache.
 *
 * @param high first half of the hash of the blob's identity, see {@link DiskBlob}
 * @param low its second half
 * @param number which chunk of the blob, from 0; {@link #TRAILER} for the bytes behind the blob
 */
record ChunkId(long high, long low, int number) {
  static final int TRAILER = -1;

  private static final String TRAILER_SUFFIX = "trailer";
  private static final Pattern FILE =
      Pattern.compile("([0-9a-f]{32})\\.(" + TRAILER_SUFFIX + "|0|[1-9][0-9]{0,8})");

  /** The file's name, below the folder {@link #shard}. */
  String fileName() {
    String suffix = number == TRAILER ? TRAILER_SUFFIX : Integer.toString(number);
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low) + "." + suffix;
  }

  /** The folder of the file: no folder gets too many of them. */
  String shard() {
    return fileName().substring(0, 2);
  }

  /** What a file name stands for; empty for names that are not ours. */
  static Optional<ChunkId> ofFileName(String name) {
    Matcher file = FILE.matcher(name);
    if (!file.matches()) {
      return Optional.empty();
    }
    String hash = file.group(1);
    String suffix = file.group(2);
    return Optional.of(
        new ChunkId(
            HexFormat.fromHexDigitsToLong(hash, 0, 16),
            HexFormat.fromHexDigitsToLong(hash, 16, 32),
            suffix.equals(TRAILER_SUFFIX) ? TRAILER : Integer.parseInt(suffix)));
  }
}
