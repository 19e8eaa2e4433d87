package io.elacsym.engine.leaf;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.engine.wal.ValueCbor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Single items of a CBOR array. Readers go on to the item that they read. */
final class Items {
  private Items() {}

  static String text(JsonParser cbor) throws IOException {
    ValueCbor.expect(cbor, JsonToken.VALUE_STRING);
    return cbor.getText();
  }

  static long number(JsonParser cbor) throws IOException {
    cbor.nextToken();
    return ValueCbor.wholeNumber(cbor);
  }

  /** A number that has to be in a range. */
  static int number(JsonParser cbor, int min, int max) throws IOException {
    long value = number(cbor);
    if (value < min || value > max) {
      throw new IOException("it has " + value + ", expected " + min + " to " + max);
    }
    return (int) value;
  }

  static boolean flag(JsonParser cbor) throws IOException {
    cbor.nextToken();
    return cbor.getBooleanValue();
  }

  static byte[] bytes(JsonParser cbor) throws IOException {
    ValueCbor.expect(cbor, JsonToken.VALUE_EMBEDDED_OBJECT);
    return cbor.getBinaryValue();
  }

  static void write(JsonGenerator cbor, float bits) throws IOException {
    cbor.writeNumber(Float.floatToRawIntBits(bits));
  }

  static float bits(JsonParser cbor) throws IOException {
    return Float.intBitsToFloat(number(cbor, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  static void write(JsonGenerator cbor, double bits) throws IOException {
    cbor.writeNumber(Double.doubleToRawLongBits(bits));
  }

  static double longBits(JsonParser cbor) throws IOException {
    return Double.longBitsToDouble(number(cbor));
  }

  static void write(JsonGenerator cbor, float[] values) throws IOException {
    ValueCbor.writeVector(cbor, values);
  }

  static float[] floats(JsonParser cbor) throws IOException {
    cbor.nextToken();
    return ValueCbor.readVector(cbor);
  }

  static void write(JsonGenerator cbor, int[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    cbor.writeBinary(bytes.array());
  }

  /**
   * Numbers of rows.
   *
   * @param rows how many the segment has
   */
  static int[] rowNumbers(JsonParser cbor, int rows) throws IOException {
    byte[] bytes = bytes(cbor);
    if (bytes.length % Integer.BYTES != 0) {
      throw new IOException("it has row numbers of " + bytes.length + " bytes");
    }
    int[] numbers = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(numbers);
    for (int row : numbers) {
      if (row < 0 || row >= rows) {
        throw new IOException("it has row " + row + " of " + rows);
      }
    }
    return numbers;
  }

  static void write(JsonGenerator cbor, List<String> texts) throws IOException {
    writeList(cbor, texts, cbor::writeString);
  }

  /** Writes an item. */
  @FunctionalInterface
  interface Writing<T> {
    void write(T item) throws IOException;
  }

  /** Writes what {@link #list} reads. */
  static <T> void writeList(JsonGenerator cbor, Collection<T> items, Writing<T> writing)
      throws IOException {
    cbor.writeStartArray(null, items.size());
    for (T item : items) {
      writing.write(item);
    }
    cbor.writeEndArray();
  }

  static List<String> texts(JsonParser cbor) throws IOException {
    return list(
        cbor,
        () -> {
          ValueCbor.require(cbor, JsonToken.VALUE_STRING);
          return cbor.getText();
        });
  }

  /** Reads an item whose first token is the current one. */
  @FunctionalInterface
  interface Item<T> {
    T read() throws IOException;
  }

  /** A list of items of one kind. */
  static <T> List<T> list(JsonParser cbor, Item<T> item) throws IOException {
    ValueCbor.expect(cbor, JsonToken.START_ARRAY);
    List<T> items = new ArrayList<>();
    while (cbor.nextToken() != JsonToken.END_ARRAY) {
      if (cbor.currentToken() == null) {
        throw new IOException("it ends within a list");
      }
      items.add(item.read());
    }
    return items;
  }
}
