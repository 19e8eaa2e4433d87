package io.elacsym.engine.model;

import io.elacsym.api.ElacsymException;
import java.nio.charset.StandardCharsets;

/** A document's id, unique in its namespace. All ids of a namespace are of one kind. */
public sealed interface DocId extends Comparable<DocId> {

  /** Most bytes of a string id, in UTF-8. */
  int MAX_TEXT_BYTES = 64;

  /** The kinds of ids. */
  enum Kind {
    UINT("uint"),
    STRING("string");

    private final String id;

    Kind(String id) {
      this.id = id;
    }

    /** The name used in stored data. */
    public String id() {
      return id;
    }
  }

  Kind kind();

  /**
   * An unsigned 64-bit integer.
   *
   * @param value the 64 bits; greater values of the unsigned range are negative here
   */
  record Uint(long value) implements DocId {
    @Override
    public Kind kind() {
      return Kind.UINT;
    }

    @Override
    public int compareTo(DocId other) {
      return other instanceof Uint that
          ? Long.compareUnsigned(value, that.value)
          : kind().compareTo(other.kind());
    }

    @Override
    public String toString() {
      return Long.toUnsignedString(value);
    }
  }

  /**
   * A string of 1 to 64 bytes in UTF-8. Ordered by Unicode code point, which is UTF-8 byte order.
   */
  record Text(String value) implements DocId {
    public Text {
      if (!Strings.isWellFormed(value)) {
        throw ElacsymException.invalid(
            "id '" + Strings.shown(value) + "' has half a surrogate pair, expected Unicode text");
      }
      int bytes = value.getBytes(StandardCharsets.UTF_8).length;
      if (bytes == 0 || bytes > MAX_TEXT_BYTES) {
        throw ElacsymException.invalid(
            "id '"
                + Strings.shown(value)
                + "' has "
                + bytes
                + " bytes, expected 1 to "
                + MAX_TEXT_BYTES);
      }
    }

    @Override
    public Kind kind() {
      return Kind.STRING;
    }

    @Override
    public int compareTo(DocId other) {
      return other instanceof Text that
          ? Strings.compareCodePoints(value, that.value)
          : kind().compareTo(other.kind());
    }

    @Override
    public String toString() {
      return value;
    }
  }

  static DocId of(long unsigned) {
    return new Uint(unsigned);
  }

  static DocId of(String text) {
    return new Text(text);
  }

  /**
   * The id that a request gives: a whole number is an unsigned integer, a string a string.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} naming the place, what was given and what was
   *     expected
   */
  static DocId of(Given given, Place place) {
    return switch (given) {
      case Value.Uint number -> of(number.value());
      case Value.Int number when number.value() >= 0 -> of(number.value());
      case Value.Text text -> {
        try {
          yield of(text.value());
        } catch (ElacsymException e) {
          throw new ElacsymException(e.kind(), place + ": " + e.getMessage(), e);
        }
      }
      default ->
          throw ElacsymException.invalid(
              place
                  + " is "
                  + Given.shown(given)
                  + ", expected a whole number from 0 to 18446744073709551615 or a string of 1 to "
                  + MAX_TEXT_BYTES
                  + " bytes");
    };
  }
}
