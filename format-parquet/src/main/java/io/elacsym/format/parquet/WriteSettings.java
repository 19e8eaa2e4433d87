package io.elacsym.format.parquet;

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
 * @param rowGroupBytes after how many encoded bytes a row group ends
 * @param pageRows most rows of a page
 * @param pageBytes after how many encoded bytes a page ends
 */
record WriteSettings(
    Compression compression, int zstdLevel, long rowGroupBytes, int pageRows, int pageBytes) {
  private static final String ROW_GROUP_BYTES = "row_group_bytes";
  private static final String PAGE_ROWS = "page_rows";
  private static final String PAGE_BYTES = "page_bytes";

  private static final int SMALLEST = 64 << 10;

  /** How many times as large as others a page of vectors may be. */
  private static final long VECTOR_PAGE = 32;

  private static final List<Option> LAYOUT =
      List.of(
          Option.of(
                  ROW_GROUP_BYTES,
                  OptionType.BYTES,
                  "64MB",
                  "Size at which a row group ends, at most a sixteenth of the"
                      + " Java heap: it is held in memory while it is written.")
              .between("64KB", "1GB")
              .withinHeap(16),
          Option.of(
                  PAGE_ROWS,
                  OptionType.INTEGER,
                  "128",
                  "Most rows in a page: fewer make single rows faster to read.")
              .between("16", "100000"),
          Option.of(
                  PAGE_BYTES,
                  OptionType.BYTES,
                  "2KB",
                  "Size before compression at which a page ends; for vectors it is 32"
                      + " times this.")
              .between("1KB", "16MB"));

  static final List<Option> OPTIONS =
      Stream.concat(Compression.OPTIONS.stream(), LAYOUT.stream()).toList();

  static WriteSettings of(Options options) {
    return new WriteSettings(
        Compression.of(options),
        Compression.zstdLevel(options),
        Math.max(SMALLEST, options.bytesWithinHeap(ROW_GROUP_BYTES)),
        options.smallInteger(PAGE_ROWS),
        (int) options.bytes(PAGE_BYTES));
  }

  /**
   * How many vectors a page has. Vectors are stored plain and are read a whole page at a time, and
   * finding a page costs the same whatever its size; so a page of vectors may be 32 times as large
   * as others, of which a whole page is decompressed for a single row.
   */
  int vectorsPerPage(int dimension) {
    long vector = 4L * dimension;
    return Math.clamp(VECTOR_PAGE * pageBytes / vector, 1, pageRows);
  }
}
