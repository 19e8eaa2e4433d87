package io.elacsym.format.orc.write;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.format.columnar.Compression;
import java.util.List;
import java.util.stream.Stream;

/**
 * How files are written. Reading needs none of it.
 *
 * @param compression of all columns but vectors
 * @param zstdLevel 1 to 22
 * @param stripeBytes after how many encoded bytes a stripe ends
 * @param rowGroupRows rows of a row group
 * @param chunkBytes how many bytes are compressed together
 */
public record WriteSettings(
    Compression compression, int zstdLevel, long stripeBytes, int rowGroupRows, int chunkBytes) {
  private static final String STRIPE_BYTES = "stripe_bytes";
  private static final String ROW_GROUP_ROWS = "row_group_rows";
  private static final String CHUNK_BYTES = "chunk_bytes";

  private static final int SMALLEST = 64 << 10;

  private static final List<Option> LAYOUT =
      List.of(
          Option.of(
                  STRIPE_BYTES,
                  OptionType.BYTES,
                  "64MB",
                  "Size at which a stripe ends, at most a sixteenth of the"
                      + " Java heap: it is held in memory while it is written.")
              .between("64KB", "1GB")
              .withinHeap(16),
          Option.of(
                  ROW_GROUP_ROWS,
                  OptionType.INTEGER,
                  "256",
                  "Rows in a row group (the row index stride): fewer make single rows"
                      + " faster to read.")
              .between("16", "100000"),
          Option.of(
                  CHUNK_BYTES,
                  OptionType.BYTES,
                  "4KB",
                  "Bytes that are compressed together, a multiple of 4: fewer make"
                      + " single rows faster to read and files larger.")
              .between("1KB", "4MB"));

  public static final List<Option> OPTIONS =
      Stream.concat(Compression.OPTIONS.stream(), LAYOUT.stream()).toList();

  public static WriteSettings of(Options options) {
    return new WriteSettings(
        Compression.of(options),
        Compression.zstdLevel(options),
        Math.max(SMALLEST, options.bytesWithinHeap(STRIPE_BYTES)),
        options.smallInteger(ROW_GROUP_ROWS),
        chunkBytes(options));
  }

  private static int chunkBytes(Options options) {
    int bytes = (int) options.bytes(CHUNK_BYTES);
    if (bytes % Float.BYTES != 0) {
      throw ElacsymException.invalid(
          CHUNK_BYTES + " is " + bytes + " bytes, expected a multiple of " + Float.BYTES);
    }
    return bytes;
  }
}
