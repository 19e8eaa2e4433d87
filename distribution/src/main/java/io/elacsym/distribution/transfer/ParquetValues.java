package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hardwood.row.PqList;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of Parquet as JSON. Times without a zone are taken as UTC. */
final class ParquetValues {
  private static final char REPLACED = '\uFFFD';

  private ParquetValues() {}

  static void write(String column, @Nullable Object value, boolean unsigned, JsonGenerator json)
      throws IOException {
    switch (value) {
      case Integer number -> json.writeNumber(unsigned ? Integer.toUnsignedLong(number) : number);
      case Long number when unsigned -> json.writeNumber(Long.toUnsignedString(number));
      case Long number -> json.writeNumber(number);
      case Float number when Float.isFinite(number) -> json.writeNumber(number);
      case Double number when Double.isFinite(number) -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      case Boolean flag -> json.writeBoolean(flag);
      case String text -> json.writeString(text);
      case UUID uuid -> json.writeString(uuid.toString());
      case Instant time -> json.writeString(time.toString());
      case LocalDateTime time -> json.writeString(time.toInstant(ZoneOffset.UTC).toString());
      case LocalDate day ->
          json.writeString(day.atStartOfDay().toInstant(ZoneOffset.UTC).toString());
      case PqList list -> {
        json.writeStartArray();
        for (int i = 0; i < list.size(); i++) {
          write(column, list.get(i), unsigned, json);
        }
        json.writeEndArray();
      }
      case null, default ->
          throw new Cells.WrongCell(
              column + " is " + shown(value) + ", expected a value that an attribute can hold");
    }
  }

  /**
   * Writes an id, as the number it is: a negative one is refused by the server, as everywhere.
   *
   * @param unsigned whether the column's numbers are
   * @param asText whether numbers are texts
   */
  static void writeId(
      String column, @Nullable Object value, boolean unsigned, boolean asText, JsonGenerator json)
      throws IOException {
    String id =
        switch (value) {
          case Long number -> unsigned ? Long.toUnsignedString(number) : number.toString();
          case Integer number -> unsigned ? Integer.toUnsignedString(number) : number.toString();
          case String text -> text;
          case UUID uuid -> uuid.toString();
          case null, default ->
              throw new Cells.WrongCell(
                  column + " is " + shown(value) + ", expected a whole number or text");
        };
    if (value instanceof Number && !asText) {
      json.writeNumber(id);
    } else {
      json.writeString(id);
    }
  }

  private static String shown(@Nullable Object value) {
    return value instanceof byte[] ? "binary" : String.valueOf(value);
  }

  /**
   * Refuses a text whose bytes are no valid UTF-8. The library has put U+FFFD in the place of such
   * bytes, so the text itself does not show it.
   *
   * @param raw the same value before it was decoded
   */
  static void checkText(String column, @Nullable Object value, @Nullable Object raw)
      throws Cells.WrongCell {
    if (value instanceof PqList list && raw instanceof PqList) {
      for (int i = 0; i < list.size(); i++) {
        checkText(column + "[" + i + "]", list.get(i), list.getRaw(i));
      }
    } else if (value instanceof String text
        && text.indexOf(REPLACED) >= 0
        && raw instanceof byte[] bytes
        && new Utf8().firstBad(bytes).isPresent()) {
      throw new Cells.WrongCell(column + " has bytes that are not UTF-8, expected text");
    }
  }

  /** A list of numbers, or the bytes of little-endian 32-bit floats. */
  static float[] vector(String column, @Nullable Object value) throws Cells.WrongCell {
    return switch (value) {
      case PqList list -> {
        float[] vector = new float[list.size()];
        for (int i = 0; i < vector.length; i++) {
          if (!(list.get(i) instanceof Number number)) {
            throw new Cells.WrongCell(
                column + "[" + i + "] is " + list.get(i) + ", expected a number");
          }
          vector[i] = number.floatValue();
        }
        yield vector;
      }
      case byte[] bytes when bytes.length % Float.BYTES != 0 ->
          throw new Cells.WrongCell(
              column + " has " + bytes.length + " bytes, expected 4 for each number");
      case byte[] bytes -> {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        yield vector;
      }
      case null, default ->
          throw new Cells.WrongCell(
              column + " is " + shown(value) + ", expected a list of numbers");
    };
  }
}
