package io.elacsym.engine.filter;

import io.elacsym.engine.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A filter of the right types: every field is one of the schema or {@code id}, has its operator,
 * and its operands are values of its type. A document without the field matches no leaf but {@link
 * NotEqual}, {@link NotIn} and {@code Exists(false)}.
 */
public sealed interface TypedFilter {
  /** A condition on one field. */
  sealed interface Leaf extends TypedFilter {
    String field();
  }

  /** The value equals; on an array, the whole array never equals: use {@link ContainsAny}. */
  record Equal(String field, Value.Scalar value) implements Leaf {}

  /** Not {@link Equal}; matches documents without the field. */
  record NotEqual(String field, Value.Scalar value) implements Leaf {}

  /** Orders of {@link Compare}. */
  enum Order {
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL;

    /** Whether a comparison with result {@code sign} (stored value against operand) fits. */
    public boolean accepts(int sign) {
      return switch (this) {
        case GREATER -> sign > 0;
        case GREATER_OR_EQUAL -> sign >= 0;
        case LESS -> sign < 0;
        case LESS_OR_EQUAL -> sign <= 0;
      };
    }
  }

  /**
   * The value stands in an order to the operand; strings by code point. Not for arrays or bools.
   */
  record Compare(String field, Order order, Value.Scalar value) implements Leaf {}

  /** The value is one of these. */
  record In(String field, List<Value.Scalar> values) implements Leaf {
    public In {
      values = List.copyOf(values);
    }
  }

  /** The value is none of these; matches documents without the field. */
  record NotIn(String field, List<Value.Scalar> values) implements Leaf {
    public NotIn {
      values = List.copyOf(values);
    }
  }

  /** A string has the operand as a substring; only for strings. */
  record Substring(String field, String part) implements Leaf {}

  /** A string has at least one of the operands as a substring; only for strings. */
  record SubstringAny(String field, List<String> parts) implements Leaf {
    public SubstringAny {
      parts = List.copyOf(parts);
    }
  }

  /** A string has every one of the operands as a substring; only for strings. */
  record SubstringAll(String field, List<String> parts) implements Leaf {
    public SubstringAll {
      parts = List.copyOf(parts);
    }
  }

  /** An array has at least one of these elements. */
  record ContainsAny(String field, List<Value.Scalar> values) implements Leaf {
    public ContainsAny {
      values = List.copyOf(values);
    }
  }

  /** An array has every one of these elements. */
  record ContainsAll(String field, List<Value.Scalar> values) implements Leaf {
    public ContainsAll {
      values = List.copyOf(values);
    }
  }

  /** The document has the field, or has not. */
  record Exists(String field, boolean expected) implements Leaf {}

  /** A string, or an element of an array of strings, starts with the operand. */
  record Prefix(String field, String prefix) implements Leaf {}

  /** A string, or an element of an array of strings, matches a pattern that can be compiled. */
  record Glob(String field, String pattern) implements Leaf {}

  /** A string, or an element of an array of strings, has a part that matches. */
  record Regex(String field, String pattern) implements Leaf {}

  /** A point is at most so many metres from another one. */
  record GeoRadius(String field, Value.Geo center, double meters) implements Leaf {}

  /** A point is in a box. */
  record GeoBox(String field, Box box) implements Leaf {}

  /**
   * Points between two latitudes and, from one longitude to the east, another one, all in the unit
   * of {@link Value.Geo} and included.
   *
   * @param west greater than {@code east} where the box lies on both sides of the 180th meridian
   */
  record Box(int south, int west, int north, int east) {}

  /** All match; true when empty. */
  record And(List<TypedFilter> conditions) implements TypedFilter {
    public And {
      conditions = List.copyOf(conditions);
    }
  }

  /** At least one matches; false when empty. */
  record Or(List<TypedFilter> conditions) implements TypedFilter {
    public Or {
      conditions = List.copyOf(conditions);
    }
  }

  /** The plain opposite, so it matches documents without the field. */
  record Not(TypedFilter condition) implements TypedFilter {}

  /** The fields that it asks about. */
  default Set<String> fields() {
    Set<String> fields = new HashSet<>();
    addFields(fields);
    return fields;
  }

  private void addFields(Set<String> fields) {
    switch (this) {
      case Leaf leaf -> fields.add(leaf.field());
      case And and -> and.conditions().forEach(condition -> condition.addFields(fields));
      case Or or -> or.conditions().forEach(condition -> condition.addFields(fields));
      case Not not -> not.condition().addFields(fields);
    }
  }
}
