package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A page of a scan, {@code {"documents":[..],"next":..}}, and where in it the documents stand.
 *
 * @param json the page
 * @param documents in order
 * @param next where the following page starts
 */
record PageSlices(byte[] json, List<Slice> documents, Optional<JsonNode> next) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A document is {@code json[from..to)}. */
  record Slice(int from, int to) {}

  static PageSlices of(byte[] json) throws IOException {
    List<Slice> documents = new ArrayList<>();
    Optional<JsonNode> next = Optional.empty();
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("documents")) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            documents.add(new Slice(from, (int) parser.currentLocation().getByteOffset()));
          }
        } else if (name.equals("next")) {
          JsonNode node = JSON.readTree(parser);
          next = node == null || node.isNull() ? Optional.empty() : Optional.of(node);
        } else {
          parser.skipChildren();
        }
      }
    }
    return new PageSlices(json, documents, next);
  }
}
