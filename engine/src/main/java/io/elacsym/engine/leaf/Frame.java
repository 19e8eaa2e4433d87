package io.elacsym.engine.leaf;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.elacsym.engine.wal.ValueCbor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What every message between root and leaf has: eight bytes that say what it is and of which
 * version, one CBOR array, a CRC-32C of all before it. A message that was cut is none.
 */
final class Frame {
  private static final int CHECKSUM = 4;
  private static final CBORFactory CBOR =
      CBORFactory.builder().disable(CBORGenerator.Feature.LENIENT_UTF_ENCODING).build();

  private Frame() {}

  /** Writes the items of an array. */
  @FunctionalInterface
  interface Writing {
    void to(JsonGenerator cbor) throws IOException;
  }

  /** Reads the items of an array, from before the first one to the last one. */
  @FunctionalInterface
  interface Reading<T> {
    T from(JsonParser cbor) throws IOException;
  }

  static byte[] write(long magic, Writing items) {
    byte[] content = write(items);
    ByteBuffer out =
        ByteBuffer.allocate(Long.BYTES + content.length + CHECKSUM).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(magic).put(content);
    out.putInt(crc(out.array(), out.position()));
    return out.array();
  }

  /** The array alone, for a message within a message. */
  static byte[] write(Writing items) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator cbor = CBOR.createGenerator(out)) {
      cbor.writeStartArray();
      items.to(cbor);
      cbor.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Reads what {@link #write(long, Writing)} has written.
   *
   * @throws IOException when it is not that
   */
  static <T> T read(long magic, byte[] bytes, Reading<T> items) throws IOException {
    int end = bytes.length - CHECKSUM;
    if (end < Long.BYTES) {
      throw new IOException("it has only " + bytes.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.getLong(0) != magic) {
      throw new IOException("it does not begin as what was expected, in the version known here");
    }
    if (buffer.getInt(end) != crc(bytes, end)) {
      throw new IOException("its checksum does not hold");
    }
    return read(bytes, Long.BYTES, end - Long.BYTES, items);
  }

  /** Reads an array alone. */
  static <T> T read(byte[] bytes, Reading<T> items) throws IOException {
    return read(bytes, 0, bytes.length, items);
  }

  private static <T> T read(byte[] bytes, int offset, int length, Reading<T> items)
      throws IOException {
    try (JsonParser cbor = CBOR.createParser(bytes, offset, length)) {
      ValueCbor.expect(cbor, JsonToken.START_ARRAY);
      T read = items.from(cbor);
      ValueCbor.expect(cbor, JsonToken.END_ARRAY);
      if (cbor.nextToken() != null) {
        throw new IOException("it goes on after its end");
      }
      return read;
    }
  }

  /** The checksum that a message has in itself, which is another one for any other message. */
  static int checksum(byte[] message) {
    return ByteBuffer.wrap(message)
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt(message.length - CHECKSUM);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
