package io.elacsym.engine.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a condition of a {@link Filter} asks of a field. The ids stand in requests. */
public enum Operator {
  /** The value equals the operand. */
  EQUAL("eq"),

  /** Not {@link #EQUAL}; also of a document without the field. */
  NOT_EQUAL("ne"),

  /** The value is greater; strings by code point. */
  GREATER("gt"),

  GREATER_OR_EQUAL("gte"),
  LESS("lt"),
  LESS_OR_EQUAL("lte"),

  /** An array has the operand as an element; a string has it as a part. */
  CONTAINS("contains"),

  /** {@link #CONTAINS} for at least one of the operands. */
  CONTAINS_ANY("contains_any"),

  /** {@link #CONTAINS} for every one of the operands. */
  CONTAINS_ALL("contains_all"),

  /** The value is one of the operands. */
  IN("in"),

  /** Not {@link #IN}; also of a document without the field. */
  NOT_IN("not_in"),

  /**
   * The document has the field; with the operand {@code false}: it has not. The operand may be left
   * out, and is then {@code true}.
   */
  EXISTS("exists"),

  /** A string, or an element of an array of strings, starts with the operand. */
  PREFIX("prefix"),

  /**
   * A string, or an element of an array of strings, matches a pattern as a whole: {@code *} any
   * characters, {@code ?} one character, {@code [abc]}, {@code [a-z]}, {@code [!a]} one of a class,
   * {@code \} takes the next character as it is. In a class, a {@code ]} that comes first and every
   * {@code \} stand for themselves.
   */
  GLOB("glob"),

  /**
   * A string, or an element of an array of strings, has a part that matches a regular expression as
   * RE2 has them.
   */
  REGEX("regex"),

  /** A point is not farther than some metres from another one. */
  GEO_RADIUS("geo_radius"),

  /** A point is between two latitudes and two longitudes. */
  GEO_BOX("geo_box");

  private final String id;

  Operator(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  public static Optional<Operator> byId(String id) {
    return Arrays.stream(values()).filter(operator -> operator.id.equals(id)).findFirst();
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(Operator::id).toList();
  }
}
