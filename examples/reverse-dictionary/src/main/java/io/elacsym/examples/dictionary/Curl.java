package io.elacsym.examples.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/** Spells a request of this program as a {@code curl} command for a POSIX shell. */
final class Curl {

  private static final int SHOWN_NUMBERS = 2;

  private Curl() {}

  /** The command; a vector is cut after its first numbers, which makes it a sketch to read. */
  static String post(URI address, ObjectNode body) {
    String json = Json.write(body);
    JsonNode vector = body.path("vector");
    if (vector.size() > SHOWN_NUMBERS) {
      StringBuilder shown = new StringBuilder("[");
      for (int i = 0; i < SHOWN_NUMBERS; i++) {
        shown.append(vector.get(i)).append(',');
      }
      shown.append("... ").append(vector.size() - SHOWN_NUMBERS).append(" more]");
      json = json.replace(Json.write(vector), shown);
    }
    return "curl -s " + address + " -H 'content-type: application/json' -d " + quoted(json);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
