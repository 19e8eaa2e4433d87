package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.TextToken;
import io.elacsym.engine.model.AnalyzeRequest;
import io.elacsym.engine.model.Place;
import java.io.IOException;
import java.util.List;

/** Reads what is to be analysed, and writes its terms. */
public final class AnalyzeJson {
  private static final List<String> KEYS = List.of("field", "text");

  private AnalyzeJson() {}

  /** Reads a text and the name of a field. */
  public static AnalyzeRequest read(byte[] request) {
    return Json.read(request, AnalyzeJson::analyze);
  }

  private static AnalyzeRequest analyze(JsonParser parser) throws IOException {
    Fields fields = Fields.of(parser, Place.ROOT, KEYS);
    return new AnalyzeRequest(
        fields.place("field"),
        required(fields, "field", "a full-text attribute"),
        required(fields, "text", "the text to analyse"));
  }

  private static String required(Fields fields, String key, String what) {
    return fields
        .text(key)
        .orElseThrow(
            () -> ElacsymException.invalid(fields.place(key) + " is missing, expected " + what));
  }

  /** Writes tokens as an array. */
  public static void write(List<TextToken> tokens, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (TextToken token : tokens) {
      out.writeStartObject();
      out.writeStringField("term", token.term());
      out.writeNumberField("position", token.position());
      out.writeNumberField("start", token.start());
      out.writeNumberField("end", token.end());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
