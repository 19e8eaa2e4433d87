package io.elacsym.engine.wal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What documents consist of, as CBOR (RFC 8949). A value is written as a pair of type letter and
 * CBOR value, so that it can be read without a schema. Readers start at the first token of what
 * they read and end at its last one.
 */
public final class ValueCbor {
  private ValueCbor() {}

  public static void writeId(JsonGenerator cbor, DocId id) throws IOException {
    switch (id) {
      case DocId.Uint uint -> cbor.writeNumber(uint.value());
      case DocId.Text text -> cbor.writeString(text.value());
    }
  }

  public static void writeVectors(JsonGenerator cbor, Map<String, float[]> vectors)
      throws IOException {
    cbor.writeStartObject(null, vectors.size());
    for (Map.Entry<String, float[]> vector : vectors.entrySet()) {
      cbor.writeFieldName(vector.getKey());
      writeVector(cbor, vector.getValue());
    }
    cbor.writeEndObject();
  }

  /** Its bits, so that it is read as the very same. */
  public static void writeVector(JsonGenerator cbor, float[] components) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(components.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(components);
    cbor.writeBinary(bytes.array());
  }

  public static void writeAttributes(JsonGenerator cbor, Map<String, Value> attributes)
      throws IOException {
    cbor.writeStartObject(null, attributes.size());
    for (Map.Entry<String, Value> attribute : attributes.entrySet()) {
      cbor.writeFieldName(attribute.getKey());
      writeValue(cbor, attribute.getValue());
    }
    cbor.writeEndObject();
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

  public static void writeScalar(JsonGenerator cbor, Value.Scalar value) throws IOException {
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
      case Value.Geo point -> {
        cbor.writeArrayFieldStart("g");
        cbor.writeNumber(point.latitude());
        cbor.writeNumber(point.longitude());
        cbor.writeEndArray();
      }
    }
    cbor.writeEndObject();
  }

  public static DocId readId(JsonParser cbor) throws IOException {
    return cbor.currentToken() == JsonToken.VALUE_STRING
        ? DocId.of(cbor.getText())
        : DocId.of(wholeNumber(cbor));
  }

  public static Map<String, float[]> readVectors(JsonParser cbor) throws IOException {
    require(cbor, JsonToken.START_OBJECT);
    Map<String, float[]> vectors = new LinkedHashMap<>();
    while (cbor.nextToken() == JsonToken.FIELD_NAME) {
      String field = cbor.currentName();
      cbor.nextToken();
      vectors.put(field, readVector(cbor));
    }
    require(cbor, JsonToken.END_OBJECT);
    return vectors;
  }

  public static float[] readVector(JsonParser cbor) throws IOException {
    require(cbor, JsonToken.VALUE_EMBEDDED_OBJECT);
    byte[] bytes = cbor.getBinaryValue();
    if (bytes.length % Float.BYTES != 0) {
      throw new IOException("it has a vector of " + bytes.length + " bytes");
    }
    float[] components = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(components);
    return components;
  }

  public static Map<String, Value> readAttributes(JsonParser cbor) throws IOException {
    require(cbor, JsonToken.START_OBJECT);
    Map<String, Value> attributes = new LinkedHashMap<>();
    while (cbor.nextToken() == JsonToken.FIELD_NAME) {
      String name = cbor.currentName();
      attributes.put(
          name,
          cbor.nextToken() == JsonToken.START_ARRAY
              ? new Value.Array(readElements(cbor))
              : readScalar(cbor));
    }
    require(cbor, JsonToken.END_OBJECT);
    return attributes;
  }

  private static List<Value.Scalar> readElements(JsonParser cbor) throws IOException {
    List<Value.Scalar> elements = new ArrayList<>();
    while (cbor.nextToken() != JsonToken.END_ARRAY) {
      elements.add(readScalar(cbor));
    }
    return elements;
  }

  public static Value.Scalar readScalar(JsonParser cbor) throws IOException {
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
          case "g" -> {
            require(cbor, JsonToken.START_ARRAY);
            Value.Geo point =
                new Value.Geo(
                    degrees(cbor, Value.Geo.MAX_LATITUDE), degrees(cbor, Value.Geo.MAX_LONGITUDE));
            expect(cbor, JsonToken.END_ARRAY);
            yield point;
          }
          default -> throw new IOException("it has a value of the unknown type " + type);
        };
    expect(cbor, JsonToken.END_OBJECT);
    return value;
  }

  private static int degrees(JsonParser cbor, int most) throws IOException {
    cbor.nextToken();
    long number = wholeNumber(cbor);
    if (number < -most || number > most) {
      throw new IOException("it has a point at " + number + ", expected " + -most + " to " + most);
    }
    return (int) number;
  }

  private static UUID uuid(byte[] bytes) throws IOException {
    if (bytes.length != 16) {
      throw new IOException("it has a UUID of " + bytes.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  /** The current token, which has to be a whole number. */
  public static long wholeNumber(JsonParser cbor) throws IOException {
    require(cbor, JsonToken.VALUE_NUMBER_INT);
    return cbor.getLongValue();
  }

  /** Goes on to the next token, which has to be this one. */
  public static void expect(JsonParser cbor, JsonToken token) throws IOException {
    cbor.nextToken();
    require(cbor, token);
  }

  /** Requires the current token to be this one. */
  public static void require(JsonParser cbor, JsonToken token) throws IOException {
    if (cbor.currentToken() != token) {
      throw new IOException("it has " + cbor.currentToken() + " where " + token + " was expected");
    }
  }
}
