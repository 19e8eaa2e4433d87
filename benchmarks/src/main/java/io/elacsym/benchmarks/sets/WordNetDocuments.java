package io.elacsym.benchmarks.sets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import io.elacsym.benchmarks.data.DataFiles;
import io.elacsym.benchmarks.data.Dataset;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Turns what the demo has embedded into documents with attributes, and queries.
 *
 * @param files which are written
 * @param dictionary what the demo's {@code --all --export-jsonl} wrote
 */
record WordNetDocuments(DataFiles files, Path dictionary) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ATTRIBUTES = "\"attributes\":{";

  /** Writes all files. */
  void write(int documents, int queries, long seed) throws IOException {
    Files.createDirectories(files.directory());
    List<String> lines = new ArrayList<>(Files.readAllLines(dictionary));
    if (lines.size() < documents + queries) {
      throw new IllegalArgumentException(
          dictionary + " has " + lines.size() + " lines, expected " + (documents + queries));
    }
    Random random = new Random(seed);
    Collections.shuffle(lines, random);
    writeDocuments(lines.subList(0, documents), random);
    writeGlosses(lines.subList(documents, documents + queries));
    writePhrases();
    try (InputStream schema = resource("schema.json")) {
      Files.write(files.schema(), schema.readAllBytes());
    }
  }

  private void writeDocuments(List<String> lines, Random random) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(files.documents())) {
      for (String line : lines) {
        int at = line.indexOf(ATTRIBUTES) + ATTRIBUTES.length();
        if (at < ATTRIBUTES.length()) {
          throw new IOException("no attributes in a line of " + dictionary);
        }
        out.append(line, 0, at);
        out.append("\"shard\":").append(Integer.toString(random.nextInt(Dataset.SHARDS)));
        out.append(',').append(line, at, line.length()).append('\n');
      }
    }
  }

  private void writeGlosses(List<String> lines) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(files.glosses())) {
      for (String line : lines) {
        JsonNode document = JSON.readTree(line);
        ObjectNode query = JSON.createObjectNode();
        query.set("text", document.path("attributes").path("gloss"));
        query.set("vector", document.path("vector"));
        out.append(query.toString()).append('\n');
      }
    }
  }

  private void writePhrases() throws IOException {
    var model = new AllMiniLmL6V2QuantizedEmbeddingModel();
    try (InputStream in = resource("phrases.txt");
        BufferedWriter out = Files.newBufferedWriter(files.phrases())) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String phrase : all.lines().filter(line -> !line.isBlank()).toList()) {
        ObjectNode query = JSON.createObjectNode().put("text", phrase);
        var vector = query.putArray("vector");
        for (float component : model.embed(phrase).content().vector()) {
          vector.add(component);
        }
        out.append(query.toString()).append('\n');
      }
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = WordNetDocuments.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException(name + " is not on the class path");
    }
    return in;
  }
}
