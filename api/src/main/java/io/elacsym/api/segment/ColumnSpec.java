package io.elacsym.api.segment;

/**
 * The declaration of a column.
 *
 * @param name unique in its segment; any characters
 * @param type physical type of a value, or of an element when {@code list}
 * @param list whether a row holds a list of values; not together with {@link ValueType#VECTOR}
 * @param dimension components of a vector; 0 for every other type
 * @param logicalType the meaning of the value for other tools, such as {@code uint}, {@code
 *     datetime} (milliseconds since 1970 UTC), {@code uuid} (16 bytes); empty when the physical
 *     type says it all. A format stores it as well as it can and gives it back unchanged.
 */
public record ColumnSpec(
    String name, ValueType type, boolean list, int dimension, String logicalType) {
  public ColumnSpec {
    if ((type == ValueType.VECTOR) != (dimension > 0) || (list && type == ValueType.VECTOR)) {
      throw new IllegalArgumentException(
          "column "
              + name
              + ": "
              + type
              + " cannot have dimension "
              + dimension
              + ", list "
              + list);
    }
  }

  public static ColumnSpec of(String name, ValueType type) {
    return new ColumnSpec(name, type, false, 0, "");
  }

  public static ColumnSpec listOf(String name, ValueType type) {
    return new ColumnSpec(name, type, true, 0, "");
  }

  public static ColumnSpec vector(String name, int dimension) {
    return new ColumnSpec(name, ValueType.VECTOR, false, dimension, "");
  }

  public ColumnSpec logically(String meaning) {
    return new ColumnSpec(name, type, list, dimension, meaning);
  }
}
