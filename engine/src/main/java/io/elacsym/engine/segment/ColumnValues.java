package io.elacsym.engine.segment;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBuilder;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.ValueType;
import io.elacsym.engine.filter.ValueBounds;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Attribute values in physical columns. */
final class ColumnValues {
  private ColumnValues() {}

  /** The physical column of an attribute. */
  static ColumnSpec spec(String name, AttributeType type) {
    return switch (type.element()) {
      case STRING -> spec(name, ValueType.STRING, type);
      case INT -> spec(name, ValueType.INT64, type);
      case UINT -> spec(name, ValueType.INT64, type).logically("uint");
      case FLOAT -> spec(name, ValueType.FLOAT64, type);
      case BOOL -> spec(name, ValueType.BOOL, type);
      case DATETIME -> spec(name, ValueType.INT64, type).logically("datetime");
      case UUID -> spec(name, ValueType.BINARY, type).logically("uuid");
      case GEO -> spec(name, ValueType.INT64, type).logically("geo");
    };
  }

  private static ColumnSpec spec(String name, ValueType physical, AttributeType type) {
    return type.isArray() ? ColumnSpec.listOf(name, physical) : ColumnSpec.of(name, physical);
  }

  /** Adds a row with this value, or one without a value. */
  static void add(Optional<Value> value, ColumnBuilder to) {
    if (value.isEmpty()) {
      to.addAbsent();
      return;
    }
    switch (value.get()) {
      case Value.Array array -> {
        array.values().forEach(element -> add(element, to));
        to.endList();
      }
      case Value.Scalar scalar -> add(scalar, to);
    }
  }

  private static void add(Value.Scalar scalar, ColumnBuilder to) {
    switch (scalar) {
      case Value.Text text -> to.add(text.value());
      case Value.Int number -> to.add(number.value());
      case Value.Uint number -> to.add(number.value());
      case Value.Real number -> to.add(number.value());
      case Value.Bool flag -> to.add(flag.value());
      case Value.DateTime time -> to.add(time.epochMillis());
      case Value.Uuid uuid ->
          to.add(
              ByteBuffer.allocate(16)
                  .putLong(uuid.value().getMostSignificantBits())
                  .putLong(uuid.value().getLeastSignificantBits())
                  .array());
      case Value.Geo point ->
          to.add(((long) point.latitude() << 32) | Integer.toUnsignedLong(point.longitude()));
    }
  }

  static Optional<Value> read(Column column, AttributeType type, int row) {
    if (!column.isPresent(row)) {
      return Optional.empty();
    }
    if (!type.isArray()) {
      return Optional.of(scalar(column, type.element(), column.start(row)));
    }
    List<Value.Scalar> elements = new ArrayList<>(column.end(row) - column.start(row));
    for (int i = column.start(row); i < column.end(row); i++) {
      elements.add(scalar(column, type.element(), i));
    }
    return Optional.of(new Value.Array(elements));
  }

  private static Value.Scalar scalar(Column column, ElementType element, int index) {
    return switch (element) {
      case STRING -> new Value.Text(column.strings()[index]);
      case INT -> new Value.Int(column.longs()[index]);
      case UINT -> new Value.Uint(column.longs()[index]);
      case FLOAT -> new Value.Real(column.doubles()[index]);
      case BOOL -> new Value.Bool(column.booleans()[index]);
      case DATETIME -> new Value.DateTime(column.longs()[index]);
      case UUID -> {
        ByteBuffer bytes = ByteBuffer.wrap(column.binaries()[index]);
        yield new Value.Uuid(new UUID(bytes.getLong(), bytes.getLong()));
      }
      case GEO -> {
        long both = column.longs()[index];
        yield new Value.Geo((int) (both >> 32), (int) both);
      }
    };
  }

  /** Bounds of a column as those of an attribute; empty when the file does not know both. */
  static Optional<ValueBounds> bounds(ColumnStatistics known, AttributeType type) {
    boolean everywhere = known.absent() == 0 && !type.isArray();
    return known
        .min()
        .flatMap(bound -> bound(bound, type.element()))
        .flatMap(least ->
            known
                .max()
                .flatMap(bound -> bound(bound, type.element()))
                .map(greatest -> new ValueBounds(least, greatest, everywhere)));
  }

  /**
   * Whether files order the values of a type as filters do: others they store as something else.
   */
  static boolean hasBounds(ElementType element) {
    return element != ElementType.UUID && element != ElementType.GEO;
  }

  private static Optional<Value.Scalar> bound(Comparable<?> bound, ElementType element) {
    return switch (element) {
      case STRING -> Optional.of(new Value.Text((String) bound));
      case INT -> Optional.of(new Value.Int((Long) bound));
      case UINT -> Optional.of(new Value.Uint((Long) bound));
      case FLOAT -> Optional.of(new Value.Real((Double) bound));
      case BOOL -> Optional.of(new Value.Bool((Boolean) bound));
      case DATETIME -> Optional.of(new Value.DateTime((Long) bound));
      // Files know of bytes no bounds, and of points the least number, which is no bound of points.
      case UUID, GEO -> Optional.empty();
    };
  }

  /** How much memory the value of a row takes in a document; 0 when it has none. */
  static long bytes(Column column, int row) {
    if (!column.isPresent(row)) {
      return 0;
    }
    boolean list = column.spec().list();
    long bytes = list ? Footprint.element(Footprint.FIELD) : Footprint.FIELD;
    for (int i = column.start(row); i < column.end(row); i++) {
      long content =
          switch (column.spec().type()) {
            case STRING -> Footprint.text(column.strings()[i]);
            case BINARY -> column.binaries()[i].length;
            default -> 0;
          };
      bytes += list ? Footprint.element(content) : content;
    }
    return bytes;
  }

  /** The texts of a row of a string or array of strings column; empty when it has none. */
  static List<String> texts(Column column, int row) {
    return column.isPresent(row)
        ? Arrays.asList(column.strings()).subList(column.start(row), column.end(row))
        : List.of();
  }
}
