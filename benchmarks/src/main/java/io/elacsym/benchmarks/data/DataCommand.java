package io.elacsym.benchmarks.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import io.elacsym.benchmarks.endtoend.Installation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the documents and the queries. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Makes documents and queries from the dictionary of the demo: WordNet 3.1's definitions,"
          + " embedded by all-MiniLM-L6-v2 (384 dimensions). Both come from Maven Central.",
      "",
      "All definitions are shuffled with a fixed seed; the first become documents, the ones after"
          + " them held-out queries. Each document gets an attribute `shard`, uniformly random from 0"
          + " to 999, for filters of known selectivity. The phrases that come with the benchmark are"
          + " embedded by the same model."
    })
public final class DataCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ATTRIBUTES = "\"attributes\":{";

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private Installation.Options installation = new Installation.Options();

  @Option(
      names = "--dictionary",
      paramLabel = "FILE",
      description = "What the demo's --all --export-jsonl wrote; made when it is not there.")
  private Path dictionary = Path.of("benchmarks", "target", "data", "dictionary.jsonl");

  @Option(names = "--documents", paramLabel = "N", description = "How many documents.")
  private int documents = 100_000;

  @Option(names = "--queries", paramLabel = "N", description = "How many held-out queries.")
  private int queries = 1_000;

  @Option(names = "--seed", paramLabel = "N", description = "Of the shuffle and the shards.")
  private long seed = 42;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(data.files().directory());
    if (!Files.exists(dictionary)) {
      Path part = dictionary.resolveSibling(dictionary.getFileName() + ".part");
      Files.createDirectories(part.toAbsolutePath().getParent());
      int code = installation.get().demo("--all", "--export-jsonl", part.toString());
      if (code != 0) {
        throw new IOException("the demo ended with exit code " + code);
      }
      Files.move(part, dictionary, StandardCopyOption.ATOMIC_MOVE);
    }
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
      Files.write(data.files().schema(), schema.readAllBytes());
    }
    System.out.printf(
        "%,d documents, %,d queries and the phrases are in %s%n",
        documents, queries, data.files().directory());
    return 0;
  }

  private void writeDocuments(List<String> lines, Random random) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(data.files().documents())) {
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
    try (BufferedWriter out = Files.newBufferedWriter(data.files().glosses())) {
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
        BufferedWriter out = Files.newBufferedWriter(data.files().phrases())) {
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
    InputStream in = DataCommand.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException(name + " is not on the class path");
    }
    return in;
  }
}
