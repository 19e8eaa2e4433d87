package io.elacsym.format.orc.layout;

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
 * The exact declarations of the columns, kept in the file's user metadata: ORC's own types do not
 * say everything.
 *
 * <pre>
 * elacsym.columns               how many
 * elacsym.column.{n}.name       from 0, in order
 * elacsym.column.{n}.type       bool, int64, float64, string, binary or vector
 * elacsym.column.{n}.list       true or false
 * elacsym.column.{n}.dimension  0 but for vectors
 * elacsym.column.{n}.logical    may be empty
 * </pre>
 */
public record SchemaMetadata(SegmentSchema schema) {
  private static final String COUNT = "elacsym.columns";

  public SequencedMap<String, String> toKeyValues() {
    SequencedMap<String, String> keyValues = new LinkedHashMap<>();
    keyValues.put(COUNT, Integer.toString(schema.columns().size()));
    for (int i = 0; i < schema.columns().size(); i++) {
      ColumnSpec spec = schema.columns().get(i);
      keyValues.put(key(i, "name"), spec.name());
      keyValues.put(key(i, "type"), spec.type().id());
      keyValues.put(key(i, "list"), Boolean.toString(spec.list()));
      keyValues.put(key(i, "dimension"), Integer.toString(spec.dimension()));
      keyValues.put(key(i, "logical"), spec.logicalType());
    }
    return keyValues;
  }

  /**
   * @throws ElacsymException {@code CORRUPT} when the metadata is not ours
   */
  public static SchemaMetadata of(Map<String, String> keyValues) {
    try {
      List<ColumnSpec> columns = new ArrayList<>();
      int count = Integer.parseInt(value(keyValues, COUNT));
      for (int i = 0; i < count; i++) {
        columns.add(
            new ColumnSpec(
                value(keyValues, key(i, "name")),
                type(value(keyValues, key(i, "type"))),
                Boolean.parseBoolean(value(keyValues, key(i, "list"))),
                Integer.parseInt(value(keyValues, key(i, "dimension"))),
                value(keyValues, key(i, "logical"))));
      }
      return new SchemaMetadata(new SegmentSchema(columns));
    } catch (IllegalArgumentException e) {
      throw ElacsymException.corrupt("the ORC file's elacsym metadata: " + e.getMessage());
    }
  }

  private static String key(int column, String property) {
    return "elacsym.column." + column + "." + property;
  }

  private static String value(Map<String, String> keyValues, String key) {
    String value = keyValues.get(key);
    if (value == null) {
      throw ElacsymException.corrupt(
          "the ORC file has no metadata " + key + ": Elacsym has not written it");
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
