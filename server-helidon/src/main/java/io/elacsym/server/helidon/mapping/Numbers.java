package io.elacsym.server.helidon.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.util.OptionalLong;

/** Whole numbers of JSON that fit 64 bits. */
final class Numbers {
  private Numbers() {}

  /** The signed integer a parser stands on; empty when it is something else or too large. */
  static OptionalLong signed(JsonParser parser) throws IOException {
    return fitsLong(parser) ? OptionalLong.of(parser.getLongValue()) : OptionalLong.empty();
  }

  /** The 64 bits of the unsigned integer a parser stands on; empty when it is none. */
  static OptionalLong unsigned(JsonParser parser) throws IOException {
    if (fitsLong(parser)) {
      long value = parser.getLongValue();
      return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      return OptionalLong.empty();
    }
    BigInteger value = parser.getBigIntegerValue();
    return value.signum() < 0 || value.bitLength() > Long.SIZE
        ? OptionalLong.empty()
        : OptionalLong.of(value.longValue());
  }

  private static boolean fitsLong(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
  }
}
