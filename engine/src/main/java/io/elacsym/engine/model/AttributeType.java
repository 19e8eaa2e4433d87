package io.elacsym.engine.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The type of an attribute.
 *
 * @param element of its value, or of each of its values
 * @param isArray whether it has many
 */
public record AttributeType(ElementType element, boolean isArray) {
  public static final AttributeType STRING = of(ElementType.STRING);
  public static final AttributeType INT = of(ElementType.INT);
  public static final AttributeType UINT = of(ElementType.UINT);
  public static final AttributeType FLOAT = of(ElementType.FLOAT);
  public static final AttributeType BOOL = of(ElementType.BOOL);
  public static final AttributeType DATETIME = of(ElementType.DATETIME);
  public static final AttributeType UUID = of(ElementType.UUID);
  public static final AttributeType GEO = of(ElementType.GEO);

  private static final String ARRAY = "array_";

  /** A single value. */
  public static AttributeType of(ElementType element) {
    return new AttributeType(element, false);
  }

  /** Many values. */
  public static AttributeType arrayOf(ElementType element) {
    return new AttributeType(element, true);
  }

  /** The name in requests and in stored data. */
  public String id() {
    return isArray ? ARRAY + element.id() : element.id();
  }

  /** Whether {@code value} is of this type and can be stored: floats are finite, text is whole. */
  public boolean accepts(Value value) {
    return switch (value) {
      case Value.Array list -> isArray && list.values().stream().allMatch(element::accepts);
      case Value.Scalar scalar -> !isArray && element.accepts(scalar);
    };
  }

  public static Optional<AttributeType> byId(String id) {
    return id.startsWith(ARRAY)
        ? ElementType.byId(id.substring(ARRAY.length())).map(AttributeType::arrayOf)
        : ElementType.byId(id).map(AttributeType::of);
  }

  /** All that there are: those of a single value first. */
  public static List<AttributeType> all() {
    return Stream.concat(
            Arrays.stream(ElementType.values()).map(AttributeType::of),
            Arrays.stream(ElementType.values()).map(AttributeType::arrayOf))
        .toList();
  }

  /** Their ids. */
  public static List<String> ids() {
    return all().stream().map(AttributeType::id).toList();
  }
}
