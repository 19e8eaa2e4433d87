package io.elacsym.engine.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The type of an attribute. The ids stand in requests and in stored data. */
public enum AttributeType {
  STRING("string", false),
  INT("int", false),
  UINT("uint", false),
  FLOAT("float", false),
  BOOL("bool", false),
  DATETIME("datetime", false),
  UUID("uuid", false),
  ARRAY_STRING("array_string", true),
  ARRAY_INT("array_int", true),
  ARRAY_UINT("array_uint", true),
  ARRAY_FLOAT("array_float", true),
  ARRAY_BOOL("array_bool", true),
  ARRAY_DATETIME("array_datetime", true),
  ARRAY_UUID("array_uuid", true);

  private final String id;
  private final boolean array;

  AttributeType(String id, boolean array) {
    this.id = id;
    this.array = array;
  }

  public String id() {
    return id;
  }

  public boolean isArray() {
    return array;
  }

  /** The type of one element; a scalar type is its own. */
  public AttributeType element() {
    return switch (this) {
      case STRING, ARRAY_STRING -> STRING;
      case INT, ARRAY_INT -> INT;
      case UINT, ARRAY_UINT -> UINT;
      case FLOAT, ARRAY_FLOAT -> FLOAT;
      case BOOL, ARRAY_BOOL -> BOOL;
      case DATETIME, ARRAY_DATETIME -> DATETIME;
      case UUID, ARRAY_UUID -> UUID;
    };
  }

  /** Whether {@code value} is of this type and can be stored: floats are finite, text is whole. */
  public boolean accepts(Value value) {
    return switch (value) {
      case Value.Array list -> array && list.values().stream().allMatch(element()::acceptsScalar);
      case Value.Scalar scalar -> !array && acceptsScalar(scalar);
    };
  }

  private boolean acceptsScalar(Value.Scalar value) {
    return switch (value) {
      case Value.Text t -> this == STRING && Strings.isWellFormed(t.value());
      case Value.Int i -> this == INT;
      case Value.Uint u -> this == UINT;
      case Value.Real r -> this == FLOAT && Double.isFinite(r.value());
      case Value.Bool b -> this == BOOL;
      case Value.DateTime d -> this == DATETIME;
      case Value.Uuid u -> this == UUID;
    };
  }

  public static Optional<AttributeType> byId(String id) {
    return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(AttributeType::id).toList();
  }
}
