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
              column
                  + " is "
                  + (value instanceof byte[] ? "binary" : String.valueOf(value))
                  + ", expected a value that an attribute can hold");
    }
  }

  static void writeId(String column, @Nullable Object value, boolean asText, JsonGenerator json)
      throws IOException {
    switch (value) {
      // The greatest half of the unsigned numbers looks negative here.
      case Long number when !asText -> json.writeNumber(Long.toUnsignedString(number));
      case Integer number when !asText -> json.writeNumber(Integer.toUnsignedLong(number));
      case Long number -> json.writeString(Long.toUnsignedString(number));
      case Integer number -> json.writeString(Integer.toUnsignedString(number));
      case String text -> json.writeString(text);
      case UUID uuid -> json.writeString(uuid.toString());
      case null, default ->
          throw new Cells.WrongCell(column + " is " + value + ", expected a whole number or text");
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
      case byte[] bytes -> {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        yield vector;
      }
      case null, default ->
          throw new Cells.WrongCell(column + " is " + value + ", expected a list of numbers");
    };
  }
}
