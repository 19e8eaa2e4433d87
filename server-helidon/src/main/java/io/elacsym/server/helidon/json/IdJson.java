package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Place;
import java.io.IOException;

/** Ids: a JSON number is an unsigned 64-bit integer, a JSON string a string id. */
public final class IdJson {
  private IdJson() {}

  /** Reads an id; its memory is counted with what it is the id of. */
  static DocId read(JsonParser parser, Place place) throws IOException {
    return DocId.of(GivenJson.single(parser), place);
  }

  public static void write(DocId id, JsonGenerator out) throws IOException {
    switch (id) {
      case DocId.Uint uint -> out.writeNumber(uint.toString());
      case DocId.Text text -> out.writeString(text.value());
    }
  }
}
