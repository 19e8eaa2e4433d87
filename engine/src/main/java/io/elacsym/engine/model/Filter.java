package io.elacsym.engine.model;

import java.util.List;

/**
 * A condition on one document. {@code field} is an attribute, or {@code id}. A document without the
 * field matches no leaf but {@link NotEqual}, {@link NotIn} and {@code Exists(false)}.
 */
public sealed interface Filter {
  /** Deepest nesting of {@link And}, {@link Or} and {@link Not}. */
  int MAX_DEPTH = 64;

  /** Most groups and leaves in one filter. */
  int MAX_CONDITIONS = 4_096;

  /** Most operands of all leaves together. */
  int MAX_VALUES = 65_536;

  /** Most UTF-16 characters of all parts, prefixes and globs together: they are compiled. */
  int MAX_PATTERN_CHARS = 131_072;

  /** Most code points of one glob. */
  int MAX_GLOB_LENGTH = 1_024;

  /** A condition on one field. */
  sealed interface Leaf extends Filter {
    String field();
  }

  /** The value equals; on an array, the whole array never equals: use {@link ContainsAny}. */
  record Equal(String field, Value.Scalar value) implements Leaf {}

  /** Not {@link Equal}; matches documents without the field. */
  record NotEqual(String field, Value.Scalar value) implements Leaf {}

  /** Orders of {@link Compare}. */
  enum Order {
    GREATER("gt"),
    GREATER_OR_EQUAL("gte"),
    LESS("lt"),
    LESS_OR_EQUAL("lte");

    private final String id;

    Order(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }

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

  /**
   * A string, or an element of an array of strings, matches a pattern as a whole: {@code *} any
   * characters, {@code ?} one character, {@code [abc]}, {@code [a-z]}, {@code [!a]} one of a class,
   * {@code \} takes the next character as it is. In a class, a {@code ]} that comes first and every
   * {@code \} stand for themselves.
   */
  record Glob(String field, String pattern) implements Leaf {}

  /** All match; true when empty. */
  record And(List<Filter> conditions) implements Filter {
    public And {
      conditions = List.copyOf(conditions);
    }
  }

  /** At least one matches; false when empty. */
  record Or(List<Filter> conditions) implements Filter {
    public Or {
      conditions = List.copyOf(conditions);
    }
  }

  /** The plain opposite, so it matches documents without the field. */
  record Not(Filter condition) implements Filter {}
}
