package io.elacsym.api.segment;

/**
 * The physical type of a column's values; also the Java array in which a {@link Column} has them.
 */
public enum ValueType {
  /** {@code boolean[]}. */
  BOOL("bool"),
  /** {@code long[]}; unsigned when the logical type says {@code uint}. */
  INT64("int64"),
  /** {@code double[]}. */
  FLOAT64("float64"),
  /** {@code String[]}. */
  STRING("string"),
  /** {@code byte[][]}. */
  BINARY("binary"),
  /** {@code float[]}, {@code dimension} components a row; rows without a vector are zeros. */
  VECTOR("vector");

  private final String id;

  ValueType(String id) {
    this.id = id;
  }

  /** The name used in stored data. */
  public String id() {
    return id;
  }
}
