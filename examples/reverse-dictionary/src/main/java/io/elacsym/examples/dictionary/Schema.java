package io.elacsym.examples.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The schema of the dictionary's namespace. */
final class Schema {

  private static final String TEXT =
      """
      {
        "vector_dim": 384,
        "vector_metric": "cosine",
        "attributes": {
          "word":      {"type": "string", "indexed": true},
          "words":     {"type": "array_string", "indexed": true},
          "pos":       {"type": "string", "indexed": true},
          "category":  {"type": "string", "indexed": true},
          "gloss":     {"type": "string", "full_text": {"language": "english"}},
          "examples":  {"type": "array_string"},
          "lemmas":    {"type": "int", "indexed": true},
          "frequency": {"type": "int", "indexed": true}
        }
      }
      """;

  private Schema() {}

  static ObjectNode json() {
    return Json.parse(TEXT);
  }

  /**
   * How a namespace's schema differs from ours, if it does: a sentence part naming the first
   * difference. Attributes it has in addition do not matter.
   */
  static Optional<String> difference(JsonNode found) {
    ObjectNode ours = json();
    for (String field : new String[] {"vector_dim", "vector_metric"}) {
      if (!found.path(field).equals(ours.path(field))) {
        return Optional.of(field + " is " + found.path(field) + ", not " + ours.path(field));
      }
    }
    for (var attribute : ours.path("attributes").properties()) {
      JsonNode type = found.path("attributes").path(attribute.getKey()).path("type");
      JsonNode expected = attribute.getValue().path("type");
      if (!type.equals(expected)) {
        return Optional.of(
            "the type of attribute "
                + attribute.getKey()
                + " is "
                + (type.isMissingNode() ? "absent" : type)
                + ", not "
                + expected);
      }
    }
    return Optional.empty();
  }
}
