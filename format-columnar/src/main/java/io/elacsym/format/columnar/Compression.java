package io.elacsym.format.columnar;

import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How columns are compressed, but for vectors, where compression gains next to nothing. A format's
 * other compressions are neither written nor read.
 */
public enum Compression {
  ZSTD,
  SNAPPY,
  NONE;

  private static final String KEY = "compression";
  private static final String ZSTD_LEVEL = "zstd_level";

  /** Options of a format that choose the compression. */
  public static final List<Option> OPTIONS =
      List.of(
          Option.of(KEY, OptionType.TEXT, "zstd", "Compression of all columns but vectors.")
              .oneOf(Arrays.stream(values()).map(Compression::word).toArray(String[]::new)),
          Option.of(
                  ZSTD_LEVEL,
                  OptionType.INTEGER,
                  "3",
                  "Level of zstd: higher is smaller files and slower writing.")
              .between("1", "22"));

  /** The one that was chosen. */
  public static Compression of(Options options) {
    return valueOf(options.text(KEY).toUpperCase(Locale.ROOT));
  }

  /** Level of zstd that was chosen, 1 to 22; it matters only for writing. */
  public static int zstdLevel(Options options) {
    return options.smallInteger(ZSTD_LEVEL);
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
