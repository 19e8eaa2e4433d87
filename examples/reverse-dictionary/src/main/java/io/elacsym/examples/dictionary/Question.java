package io.elacsym.examples.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * One query of the tour.
 *
 * @param kind what kind of query it is, such as {@code Full-text search}
 * @param asks what it asks for, in words
 * @param phrase what is embedded as the query's vector; empty for a query without a vector
 * @param rest the query but for the vector, as the API takes it
 */
record Question(String kind, String asks, Optional<String> phrase, ObjectNode rest) {

  /** One of each kind of query, the plainest first. */
  static List<Question> tour() {
    return List.of(
        byMeaning("a person who studies the stars"),
        byMeaning("fear of enclosed spaces"),
        new Question(
            "Vector search with a filter",
            "artifacts that are an \"instrument for measuring air pressure\"",
            Optional.of("instrument for measuring air pressure"),
            Json.parse(
                """
                {"filter": {"field": "category", "op": "eq", "value": "artifact"}}
                """)),
        new Question(
            "Vector search with and/or",
            "verbs of speaking or moving that mean \"speak very softly\"",
            Optional.of("speak very softly"),
            Json.parse(
                """
                {"filter": {"type": "and", "conditions": [
                  {"field": "pos", "op": "eq", "value": "verb"},
                  {"type": "or", "conditions": [
                    {"field": "category", "op": "eq", "value": "communication"},
                    {"field": "category", "op": "eq", "value": "motion"}]}]}}
                """)),
        new Question(
            "Full-text search (BM25)",
            "glosses with the words \"musical strings\", whatever their ending",
            Optional.empty(),
            Json.parse(
                """
                {"full_text": {"field": "gloss", "query": "musical strings"}}
                """)),
        new Question(
            "Hybrid search",
            "\"a doctor for animals\", by meaning and by words; the two rankings are fused",
            Optional.of("a doctor for animals"),
            Json.parse(
                """
                {"full_text": {"field": "gloss", "query": "a doctor for animals"}}
                """)),
        new Question(
            "Filter only",
            "animals that have at least three names, in the order of their ids",
            Optional.empty(),
            Json.parse(
                """
                {"filter": {"type": "and", "conditions": [
                  {"field": "category", "op": "eq", "value": "animal"},
                  {"field": "lemmas", "op": "gte", "value": 3}]}}
                """)));
  }

  /** A reverse look-up: which words mean this? */
  static Question byMeaning(String phrase) {
    return new Question(
        "Vector search",
        "which word means \"" + phrase + "\"?",
        Optional.of(phrase),
        Json.object());
  }

  /** The body of the request. */
  ObjectNode body(Optional<JsonNode> vector, int topK) {
    ObjectNode body = Json.object();
    vector.ifPresent(numbers -> body.set("vector", numbers));
    body.setAll(rest);
    body.put("top_k", topK);
    body.set(
        "include_attributes", Json.MAPPER.createArrayNode().add("word").add("pos").add("gloss"));
    return body;
  }
}
