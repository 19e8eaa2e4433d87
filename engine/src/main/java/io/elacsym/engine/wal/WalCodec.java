package io.elacsym.engine.wal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.wal.WalEntry.Change;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Bytes of a WAL entry: a fixed header, the changes as CBOR (RFC 8949), a checksum over both. A
 * value is written as a pair of type letter and CBOR value, so that an entry can be read without a
 * schema.
 */
public final class WalCodec {
  /** {@code "ELACWAL1"}. */
  private static final long MAGIC = 0x314C415743414C45L;

  private static final int HEADER = 8 + 8 + 8;
  private static final CBORFactory CBOR =
      CBORFactory.builder().disable(CBORGenerator.Feature.LENIENT_UTF_ENCODING).build();

  private WalCodec() {}

  public static byte[] write(WalEntry entry) {
    EntryBytes out = new EntryBytes();
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(MAGIC).putLong(entry.sequence()).putLong(entry.epoch());
    out.write(header.array(), 0, HEADER);
    try (JsonGenerator cbor = CBOR.createGenerator(out)) {
      cbor.writeStartArray();
      cbor.writeString(entry.incarnation());
      cbor.writeString(entry.commitId());
      cbor.writeStartArray(null, entry.changes().size());
      for (Change change : entry.changes()) {
        switch (change) {
          case Change.Put put -> writeDocument(cbor, put.document());
          case Change.Remove remove -> {
            cbor.writeStartArray(null, 1);
            writeId(cbor, remove.id());
            cbor.writeEndArray();
          }
        }
      }
      cbor.writeEndArray();
      cbor.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteBuffer end = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(out.checksum());
    out.write(end.array(), 0, end.capacity());
    return out.toByteArray();
  }

  private static void writeDocument(JsonGenerator cbor, Document document) throws IOException {
    cbor.writeStartArray(null, 3);
    writeId(cbor, document.id());
    cbor.writeStartObject(null, document.vectors().size());
    for (Map.Entry<String, float[]> vector : document.vectors().entrySet()) {
      cbor.writeFieldName(vector.getKey());
      float[] components = vector.getValue();
      ByteBuffer bytes =
          ByteBuffer.allocate(components.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(components);
      cbor.writeBinary(bytes.array());
    }
    cbor.writeEndObject();
    cbor.writeStartObject(null, document.attributes().size());
    for (Map.Entry<String, Value> attribute : document.attributes().entrySet()) {
      cbor.writeFieldName(attribute.getKey());
      writeValue(cbor, attribute.getValue());
    }
    cbor.writeEndObject();
    cbor.writeEndArray();
  }

  private static void writeId(JsonGenerator cbor, DocId id) throws IOException {
    switch (id) {
      case DocId.Uint uint -> cbor.writeNumber(uint.value());
      case DocId.Text text -> cbor.writeString(text.value());
    }
  }

  private static void writeValue(JsonGenerator cbor, Value value) throws IOException {
    switch (value) {
      case Value.Array array -> {
        cbor.writeStartArray(null, array.values().size());
        for (Value.Scalar element : array.values()) {
          writeScalar(cbor, element);
        }
        cbor.writeEndArray();
      }
      case Value.Scalar scalar -> writeScalar(cbor, scalar);
    }
  }

  private static void writeScalar(JsonGenerator cbor, Value.Scalar value) throws IOException {
    cbor.writeStartObject(null, 1);
    switch (value) {
      case Value.Text text -> cbor.writeStringField("s", text.value());
      case Value.Int number -> cbor.writeNumberField("i", number.value());
      case Value.Uint number -> cbor.writeNumberField("n", number.value());
      case Value.Real number -> cbor.writeNumberField("f", number.value());
      case Value.Bool flag -> cbor.writeBooleanField("b", flag.value());
      case Value.DateTime time -> cbor.writeNumberField("t", time.epochMillis());
      case Value.Uuid uuid -> {
        ByteBuffer bytes = ByteBuffer.allocate(16);
        bytes.putLong(uuid.value().getMostSignificantBits());
        bytes.putLong(uuid.value().getLeastSignificantBits());
        cbor.writeBinaryField("u", bytes.array());
      }
    }
    cbor.writeEndObject();
  }

  /**
   * @param name of the object, for messages
   * @throws ElacsymException {@code CORRUPT} when the bytes are no whole entry with this number
   */
  public static WalEntry read(String name, long sequence, byte[] bytes) {
    if (bytes.length < HEADER + 4) {
      throw damaged(name, "it has only " + bytes.length + " bytes");
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.getInt(bytes.length - 4) != (int) crc.getValue()) {
      throw damaged(name, "its checksum does not hold");
    }
    if (buffer.getLong(0) != MAGIC) {
      throw damaged(name, "it does not begin as a WAL entry of version 1");
    }
    if (buffer.getLong(8) != sequence) {
      throw damaged(name, "it says it is entry " + buffer.getLong(8));
    }
    try (JsonParser cbor =
        CBOR.createParser(new ByteArrayInputStream(bytes, HEADER, bytes.length - 4 - HEADER))) {
      expect(cbor, JsonToken.START_ARRAY);
      String incarnation = cbor.nextTextValue();
      String commitId = cbor.nextTextValue();
      if (incarnation == null || commitId == null) {
        throw new IOException("its names are missing");
      }
      expect(cbor, JsonToken.START_ARRAY);
      List<Change> changes = new ArrayList<>();
      while (cbor.nextToken() == JsonToken.START_ARRAY) {
        changes.add(readChange(cbor));
      }
      require(cbor, JsonToken.END_ARRAY);
      expect(cbor, JsonToken.END_ARRAY);
      if (cbor.nextToken() != null) {
        throw new IOException("it goes on after its end");
      }
      return new WalEntry(sequence, buffer.getLong(16), incarnation, commitId, changes);
    } catch (IOException | ElacsymException e) {
      throw damaged(name, String.valueOf(e.getMessage()));
    }
  }

  private static Change readChange(JsonParser cbor) throws IOException {
    DocId id =
        cbor.nextToken() == JsonToken.VALUE_STRING
            ? DocId.of(cbor.getText())
            : DocId.of(wholeNumber(cbor));
    if (cbor.nextToken() == JsonToken.END_ARRAY) {
      return new Change.Remove(id);
    }
    require(cbor, JsonToken.START_OBJECT);
    Map<String, float[]> vectors = new HashMap<>();
    while (cbor.nextToken() == JsonToken.FIELD_NAME) {
      String field = cbor.currentName();
      expect(cbor, JsonToken.VALUE_EMBEDDED_OBJECT);
      vectors.put(field, components(cbor.getBinaryValue()));
    }
    require(cbor, JsonToken.END_OBJECT);
    expect(cbor, JsonToken.START_OBJECT);
    Map<String, Value> attributes = new HashMap<>();
    while (cbor.nextToken() == JsonToken.FIELD_NAME) {
      String name = cbor.currentName();
      attributes.put(
          name,
          cbor.nextToken() == JsonToken.START_ARRAY
              ? new Value.Array(readElements(cbor))
              : readScalar(cbor));
    }
    require(cbor, JsonToken.END_OBJECT);
    expect(cbor, JsonToken.END_ARRAY);
    return new Change.Put(new Document(id, vectors, attributes));
  }

  private static float[] components(byte[] bytes) throws IOException {
    if (bytes.length % Float.BYTES != 0) {
      throw new IOException("it has a vector of " + bytes.length + " bytes");
    }
    float[] components = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(components);
    return components;
  }

  private static List<Value.Scalar> readElements(JsonParser cbor) throws IOException {
    List<Value.Scalar> elements = new ArrayList<>();
    while (cbor.nextToken() != JsonToken.END_ARRAY) {
      elements.add(readScalar(cbor));
    }
    return elements;
  }

  /** Reads the value whose first token is the current one. */
  private static Value.Scalar readScalar(JsonParser cbor) throws IOException {
    require(cbor, JsonToken.START_OBJECT);
    String type = cbor.nextFieldName();
    cbor.nextToken();
    Value.Scalar value =
        switch (String.valueOf(type)) {
          case "s" -> {
            require(cbor, JsonToken.VALUE_STRING);
            yield new Value.Text(cbor.getText());
          }
          case "i" -> new Value.Int(wholeNumber(cbor));
          case "n" -> new Value.Uint(wholeNumber(cbor));
          case "f" -> {
            require(cbor, JsonToken.VALUE_NUMBER_FLOAT);
            yield new Value.Real(cbor.getDoubleValue());
          }
          case "b" -> new Value.Bool(cbor.getBooleanValue());
          case "t" -> new Value.DateTime(wholeNumber(cbor));
          case "u" -> {
            require(cbor, JsonToken.VALUE_EMBEDDED_OBJECT);
            yield new Value.Uuid(uuid(cbor.getBinaryValue()));
          }
          default -> throw new IOException("it has a value of the unknown type " + type);
        };
    expect(cbor, JsonToken.END_OBJECT);
    return value;
  }

  private static UUID uuid(byte[] bytes) throws IOException {
    if (bytes.length != 16) {
      throw new IOException("it has a UUID of " + bytes.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  private static long wholeNumber(JsonParser cbor) throws IOException {
    require(cbor, JsonToken.VALUE_NUMBER_INT);
    return cbor.getLongValue();
  }

  private static void expect(JsonParser cbor, JsonToken token) throws IOException {
    cbor.nextToken();
    require(cbor, token);
  }

  private static void require(JsonParser cbor, JsonToken token) throws IOException {
    if (cbor.currentToken() != token) {
      throw new IOException("it has " + cbor.currentToken() + " where " + token + " was expected");
    }
  }

  private static ElacsymException damaged(String name, String why) {
    return new ElacsymException(ErrorKind.CORRUPT, "WAL entry " + name + " is damaged: " + why);
  }
}
