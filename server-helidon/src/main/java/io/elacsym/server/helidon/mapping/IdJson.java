package io.elacsym.server.helidon.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.DocId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/** Ids: a JSON number is an unsigned 64-bit integer, a JSON string a string id. */
public final class IdJson {
  private IdJson() {}

  public static DocId read(JsonParser parser, JsonPath path) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      try {
        return DocId.of(parser.getText());
      } catch (ElacsymException e) {
        throw new ElacsymException(e.kind(), path + ": " + e.getMessage(), e);
      }
    }
    OptionalLong unsigned = Numbers.unsigned(parser);
    if (unsigned.isEmpty()) {
      throw ElacsymException.invalid(
          path
              + " is "
              + Json.shown(parser)
              + ", expected a whole number from 0 to 18446744073709551615 or a string of 1 to "
              + DocId.MAX_TEXT_BYTES
              + " bytes");
    }
    return DocId.of(unsigned.getAsLong());
  }

  static DocId read(JsonNode node, JsonPath path) {
    try {
      return read(Json.parserOf(node), path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void write(DocId id, JsonGenerator out) throws IOException {
    switch (id) {
      case DocId.Uint uint -> out.writeNumber(uint.toString());
      case DocId.Text text -> out.writeString(text.value());
    }
  }
}
