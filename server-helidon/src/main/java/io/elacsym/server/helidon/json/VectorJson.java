package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/**
 * Vectors: an array of numbers, or a base64 string of little-endian 32-bit floats. For one request,
 * whose vectors mostly have one dimension: the next one is expected to be as long as the last.
 */
final class VectorJson {
  private static final int FIRST_LENGTH = 64;

  private int length = FIRST_LENGTH;

  /** Reads the vector a parser stands on, of whatever dimension. */
  float[] read(JsonParser parser, Place place) throws IOException {
    float[] vector =
        switch (parser.currentToken()) {
          case START_ARRAY -> readArray(parser, place);
          case VALUE_STRING -> readBase64(parser.getText(), place);
          default ->
              throw ElacsymException.invalid(
                  place + " is " + Json.shown(parser) + ", expected an array of numbers");
        };
    length = Math.max(1, vector.length);
    return vector;
  }

  private float[] readArray(JsonParser parser, Place place) throws IOException {
    float[] vector = new float[length];
    Built.count(Footprint.vector(length));
    int count = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == null || !token.isNumeric()) {
        throw noComponent(place, count, parser);
      }
      float component = parser.getFloatValue();
      if (!Float.isFinite(component)) {
        throw noComponent(place, count, parser);
      }
      if (count == Schema.MAX_DIMENSION) {
        throw ElacsymException.invalid(
            place + " has more than " + Schema.MAX_DIMENSION + " components");
      }
      if (count == vector.length) {
        Built.count((long) count * Float.BYTES);
        vector = Arrays.copyOf(vector, 2 * count);
      }
      vector[count++] = component;
    }
    return count == vector.length ? vector : Arrays.copyOf(vector, count);
  }

  private static float[] readBase64(String text, Place place) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw ElacsymException.invalid(
          place
              + " is a string that is no base64 ("
              + e.getMessage()
              + "), expected base64 of little-endian 32-bit floats");
    }
    if (bytes.length % Float.BYTES != 0) {
      throw ElacsymException.invalid(
          place
              + " has "
              + bytes.length
              + " bytes, expected "
              + Float.BYTES
              + " for each component");
    }
    float[] vector = new float[bytes.length / Float.BYTES];
    Built.count(Footprint.vector(vector.length));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }

  private static ElacsymException noComponent(Place place, int index, JsonParser parser)
      throws IOException {
    return ElacsymException.invalid(
        place.index(index) + " is " + Json.shown(parser) + ", expected a finite 32-bit float");
  }

  /** Writes an array; each number is the shortest that reads back as the same 32-bit float. */
  static void write(float[] vector, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (float component : vector) {
      out.writeNumber(component);
    }
    out.writeEndArray();
  }
}
