package io.elacsym.format.columnar;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The exact declarations of the columns, kept in the file's own key-value metadata: the types of a
 * columnar format do not say everything.
 *
 * <pre>
 * elacsym.columns               how many
 * elacsym.column.{n}.name       from 0, in order
 * elacsym.column.{n}.type       bool, int64, float64, string, binary or vector
 * elacsym.column.{n}.list       true or false
 * elacsym.column.{n}.dimension  0 but for vectors
 * elacsym.column.{n}.logical    may be empty
 * </pre>
 *
 * @param schema the declarations
 * @param more what else a format keeps of each column: by property, one text a column
 */
public record SchemaMetadata(SegmentSchema schema, Map<String, List<String>> more) {
  private static final String COUNT = "elacsym.columns";

  /** Declarations and nothing else. */
  public static SchemaMetadata of(SegmentSchema schema) {
    return new SchemaMetadata(schema, Map.of());
  }

  /** What is written to the file, column by column. */
  public SequencedMap<String, String> toKeyValues() {
    SequencedMap<String, String> keyValues = new LinkedHashMap<>();
    keyValues.put(COUNT, Integer.toString(schema.columns().size()));
    for (int i = 0; i < schema.columns().size(); i++) {
      int column = i;
      ColumnSpec spec = schema.columns().get(column);
      keyValues.put(key(column, "name"), spec.name());
      keyValues.put(key(column, "type"), spec.type().id());
      keyValues.put(key(column, "list"), Boolean.toString(spec.list()));
      keyValues.put(key(column, "dimension"), Integer.toString(spec.dimension()));
      keyValues.put(key(column, "logical"), spec.logicalType());
      more.forEach((property, values) -> keyValues.put(key(column, property), values.get(column)));
    }
    return keyValues;
  }

  /**
   * Reads them.
   *
   * @param format what the file is, such as {@code Parquet}, for messages
   * @param more the properties that the format keeps besides
   * @throws ElacsymException {@code CORRUPT} when the metadata is not ours
   */
  public static SchemaMetadata parse(String format, Map<String, String> keyValues, String... more) {
    Parser parser = new Parser(format, keyValues);
    try {
      List<ColumnSpec> columns = new ArrayList<>();
      Map<String, List<String>> others = new LinkedHashMap<>();
      for (String property : more) {
        others.put(property, new ArrayList<>());
      }
      int count = Integer.parseInt(parser.value(COUNT));
      for (int i = 0; i < count; i++) {
        columns.add(parser.column(i));
        int column = i;
        others.forEach((property, values) -> values.add(parser.value(key(column, property))));
      }
      return new SchemaMetadata(new SegmentSchema(columns), others);
    } catch (IllegalArgumentException e) {
      throw ElacsymException.corrupt(
          "the " + format + " file's elacsym metadata: " + e.getMessage());
    }
  }

  private static String key(int column, String property) {
    return "elacsym.column." + column + "." + property;
  }

  private record Parser(String format, Map<String, String> keyValues) {
    ColumnSpec column(int i) {
      return new ColumnSpec(
          value(key(i, "name")),
          type(value(key(i, "type"))),
          Boolean.parseBoolean(value(key(i, "list"))),
          Integer.parseInt(value(key(i, "dimension"))),
          value(key(i, "logical")));
    }

    String value(String key) {
      String value = keyValues.get(key);
      if (value == null) {
        throw ElacsymException.corrupt(
            "the " + format + " file has no metadata " + key + ": Elacsym has not written it");
      }
      return value;
    }

    private static ValueType type(String id) {
      for (ValueType type : ValueType.values()) {
        if (type.id().equals(id)) {
          return type;
        }
      }
      throw new IllegalArgumentException("unknown type " + id);
    }
  }
}
