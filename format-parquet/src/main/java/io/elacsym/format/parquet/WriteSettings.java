package io.elacsym.format.parquet;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import java.util.List;

/**
 * How files are written. Reading needs none of it.
 *
 * @param compression of all columns but vectors
 * @param zstdLevel 1 to 22
 * @param rowGroupBytes after how many encoded bytes a row group ends
 * @param pageRows most rows of a page
 * @param pageBytes after how many encoded bytes a page ends
 */
record WriteSettings(
    Compression compression, int zstdLevel, long rowGroupBytes, int pageRows, int pageBytes) {
  private static final String COMPRESSION = "compression";
  private static final String ZSTD_LEVEL = "zstd_level";
  private static final String ROW_GROUP_BYTES = "row_group_bytes";
  private static final String PAGE_ROWS = "page_rows";
  private static final String PAGE_BYTES = "page_bytes";

  private static final int SMALLEST = 64 << 10;

  static final List<Option> OPTIONS =
      List.of(
          Option.of(
              COMPRESSION,
              OptionType.TEXT,
              "zstd",
              "Compression of all columns but vectors: zstd, snappy or none."),
          Option.of(
              ZSTD_LEVEL,
              OptionType.INTEGER,
              "3",
              "Level of zstd, 1 to 22: higher is smaller files and slower writing."),
          Option.of(
                  ROW_GROUP_BYTES,
                  OptionType.BYTES,
                  "64MB",
                  "Size at which a row group ends, 64KB to 1GB, and at most a sixteenth of the"
                      + " Java heap: it is held in memory while it is written.")
              .withinHeap(16),
          Option.of(
              PAGE_ROWS,
              OptionType.INTEGER,
              "512",
              "Most rows in a page, 16 to 100000: fewer make single rows faster to read."),
          Option.of(
              PAGE_BYTES,
              OptionType.BYTES,
              "8KB",
              "Size before compression at which a page ends, 1KB to 16MB; for vectors it is eight"
                  + " times this."));

  static WriteSettings of(Options options) {
    return new WriteSettings(
        Compression.of(options.text(COMPRESSION)),
        options.integer(ZSTD_LEVEL, 1, 22),
        heldBytes(options),
        options.integer(PAGE_ROWS, 16, 100_000),
        bytes(options, PAGE_BYTES, 1 << 10, 16 << 20));
  }

  private static int heldBytes(Options options) {
    bytes(options, ROW_GROUP_BYTES, SMALLEST, 1 << 30); // checks what was given, whatever the heap
    return (int) Math.max(SMALLEST, options.bytesWithinHeap(ROW_GROUP_BYTES));
  }

  private static int bytes(Options options, String key, int min, int max) {
    long value = options.bytes(key);
    if (value < min || value > max) {
      throw ElacsymException.invalid(
          key + " is " + value + " bytes, expected " + min + " to " + max);
    }
    return (int) value;
  }

  /** A page of one vector costs as much to find as one of forty; these are read whole anyway. */
  int vectorsPerPage(int dimension) {
    long vector = 4L * dimension;
    return Math.clamp(8L * pageBytes / vector, 1, pageRows);
  }
}
