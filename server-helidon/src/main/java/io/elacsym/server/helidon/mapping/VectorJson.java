package io.elacsym.server.helidon.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Footprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Vectors: an array of numbers, or a base64 string of little-endian 32-bit floats. */
public final class VectorJson {
  private VectorJson() {}

  /**
   * Reads the vector a parser stands on.
   *
   * @param dimension how many components it must have
   */
  public static float[] read(JsonParser parser, int dimension, JsonPath path) throws IOException {
    Built.count(Footprint.vector(dimension));
    return switch (parser.currentToken()) {
      case START_ARRAY -> readArray(parser, dimension, path);
      case VALUE_STRING -> readBase64(parser.getText(), dimension, path);
      default ->
          throw ElacsymException.invalid(
              path
                  + " is "
                  + Json.shown(parser)
                  + ", expected an array of "
                  + dimension
                  + " numbers");
    };
  }

  private static float[] readArray(JsonParser parser, int dimension, JsonPath path)
      throws IOException {
    float[] vector = new float[dimension];
    int count = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == null || !token.isNumeric()) {
        throw notFinite(path, count, Json.shown(parser));
      }
      float component = parser.getFloatValue();
      if (!Float.isFinite(component)) {
        throw notFinite(path, count, Json.shown(parser));
      }
      if (count < dimension) {
        vector[count] = component;
      }
      count++;
    }
    checkDimension(path, count, dimension);
    return vector;
  }

  private static float[] readBase64(String text, int dimension, JsonPath path) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw ElacsymException.invalid(
          path
              + " is a string that is no base64 ("
              + e.getMessage()
              + "), expected base64 of little-endian 32-bit floats");
    }
    if (bytes.length % Float.BYTES != 0) {
      throw ElacsymException.invalid(
          path + " has " + bytes.length + " bytes, expected " + dimension * Float.BYTES);
    }
    checkDimension(path, bytes.length / Float.BYTES, dimension);
    float[] vector = new float[dimension];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    for (int i = 0; i < dimension; i++) {
      if (!Float.isFinite(vector[i])) {
        throw notFinite(path, i, Float.toString(vector[i]));
      }
    }
    return vector;
  }

  private static void checkDimension(JsonPath path, int found, int expected) {
    if (found != expected) {
      throw ElacsymException.invalid(path + " has " + found + " components, expected " + expected);
    }
  }

  private static ElacsymException notFinite(JsonPath path, int index, String shown) {
    return ElacsymException.invalid(
        path.index(index) + " is " + shown + ", expected a finite 32-bit float");
  }

  /** Writes an array; each number is the shortest that reads back as the same 32-bit float. */
  public static void write(float[] vector, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (float component : vector) {
      out.writeNumber(component);
    }
    out.writeEndArray();
  }
}
