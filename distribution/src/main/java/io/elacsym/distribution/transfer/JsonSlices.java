package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a JSON object and the bytes at which their values stand, so that values can be
 * passed on without being decoded.
 *
 * @param json the object
 * @param fields in the order in which they come
 */
record JsonSlices(byte[] json, List<Field> fields) {
  private static final JsonFactory JSON = new JsonFactory();

  /** A field; its value is {@code json[from..to)}. */
  record Field(String name, int from, int to) {}

  /**
   * Finds the fields.
   *
   * @throws JsonProcessingException when {@code json} is not exactly one object
   */
  static JsonSlices of(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "expected a JSON object");
      }
      List<Field> fields = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        fields.add(new Field(name, from, (int) parser.currentLocation().getByteOffset()));
      }
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "expected nothing after the object");
      }
      return new JsonSlices(json, fields);
    }
  }
}
