package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.distribution.it.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What {@code elacsym quickstart} loads: definitions of WordNet with vectors of a language model.
 *
 * @param entries in the order in which they are loaded
 */
record Dictionary(List<Entry> entries) {
  /** As the demo declares it. */
  static final String SCHEMA =
      """
      {"vector_dim": 384, "vector_metric": "cosine", "attributes": {
        "word": {"type": "string", "indexed": true},
        "words": {"type": "array_string", "indexed": true},
        "pos": {"type": "string", "indexed": true},
        "category": {"type": "string", "indexed": true},
        "gloss": {"type": "string", "full_text": {"language": "english"}},
        "examples": {"type": "array_string"},
        "lemmas": {"type": "int", "indexed": true},
        "frequency": {"type": "int", "indexed": true}}}
      """;

  /** Kept between runs, since vectors take a while to compute; the demo notices changed texts. */
  private static final Path VECTORS = Path.of("target", "dictionary").toAbsolutePath();

  Dictionary {
    entries = List.copyOf(entries);
  }

  /**
   * A document.
   *
   * @param json as the demo wrote it
   * @param direction its vector, scaled to length 1
   */
  record Entry(JsonNode json, float[] direction) {
    static Entry of(JsonNode json) {
      JsonNode vector = json.path("vector");
      float[] direction = new float[vector.size()];
      double square = 0;
      for (int i = 0; i < direction.length; i++) {
        direction[i] = vector.path(i).floatValue();
        square += (double) direction[i] * direction[i];
      }
      for (int i = 0; i < direction.length; i++) {
        direction[i] = (float) (direction[i] / Math.sqrt(square));
      }
      return new Entry(json, direction);
    }

    long id() {
      return json.path("id").longValue();
    }

    JsonNode attribute(String name) {
      return json.path("attributes").path(name);
    }

    double cosine(Entry other) {
      double sum = 0;
      for (int i = 0; i < direction.length; i++) {
        sum += (double) direction[i] * other.direction[i];
      }
      return sum;
    }
  }

  /** Has the installed demo write its documents to a file in {@code directory} and reads them. */
  static Dictionary export(Path directory, int documents) throws IOException {
    Path file = directory.resolve("dictionary.jsonl");
    List<String> demo =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            Installation.HOME.resolve("demo").resolve("*").toString(),
            "io.elacsym.examples.dictionary.Main");
    Installation.Ended ended =
        Installation.run(
            demo,
            directory,
            Map.of(),
            "--limit",
            Integer.toString(documents),
            "--cache",
            VECTORS.toString(),
            "--export-jsonl",
            file.toString());
    assertThat(ended.code()).as(String.join("\n", ended.err())).isZero();
    try (MappingIterator<JsonNode> lines =
        new ObjectMapper().readerFor(JsonNode.class).readValues(file.toFile())) {
      return new Dictionary(lines.readAll().stream().map(Entry::of).toList());
    }
  }
}
