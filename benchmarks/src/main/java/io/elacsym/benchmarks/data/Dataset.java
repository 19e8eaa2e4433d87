package io.elacsym.benchmarks.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.benchmarks.measure.Vectors;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Documents and queries in memory. Item {@code i} of each part belongs to the same document.
 *
 * @param ids of the documents
 * @param vectors of length one
 * @param shards uniformly random, 0 to {@link #SHARDS} - 1, for filters of any selectivity
 * @param partsOfSpeech such as {@code noun}
 * @param categories such as {@code animal}
 * @param glosses held-out definitions
 * @param phrases short queries
 */
public record Dataset(
    long[] ids,
    Vectors vectors,
    int[] shards,
    List<String> partsOfSpeech,
    List<String> categories,
    List<Query> glosses,
    List<Query> phrases) {
  public static final int SHARDS = 1_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a data directory.
   *
   * @param mostDocuments the rest of the documents is left out
   */
  public static Dataset read(DataFiles files, int mostDocuments) throws IOException {
    if (!Files.exists(files.documents())) {
      throw new IOException(
          "there is no " + files.documents() + "; `bench data` makes it, --data names another");
    }
    List<Query> glosses = queries(files.glosses());
    int dimension = glosses.getFirst().vector().length;
    int count;
    try (var lines = Files.lines(files.documents())) {
      count = (int) Math.min(lines.count(), mostDocuments);
    }
    long[] ids = new long[count];
    int[] shards = new int[count];
    String[] parts = new String[count];
    String[] categories = new String[count];
    float[] components = new float[Math.multiplyExact(count, dimension)];
    try (BufferedReader lines = Files.newBufferedReader(files.documents())) {
      for (int i = 0; i < count; i++) {
        JsonNode document = JSON.readTree(lines.readLine());
        JsonNode attributes = document.path("attributes");
        ids[i] = document.path("id").asLong();
        shards[i] = attributes.path("shard").asInt();
        parts[i] = attributes.path("pos").asText().intern();
        categories[i] = attributes.path("category").asText().intern();
        float[] vector = vector(document.path("vector"));
        if (vector.length != dimension) {
          throw new IOException(
              "document " + ids[i] + " has " + vector.length + " dimensions, queries " + dimension);
        }
        System.arraycopy(vector, 0, components, i * dimension, dimension);
      }
    }
    return new Dataset(
        ids,
        new Vectors(components, dimension),
        shards,
        Arrays.asList(parts),
        Arrays.asList(categories),
        glosses,
        queries(files.phrases()));
  }

  private static List<Query> queries(Path file) throws IOException {
    List<Query> queries = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode query = JSON.readTree(line);
      queries.add(new Query(query.path("text").asText(), vector(query.path("vector"))));
    }
    return queries;
  }

  static float[] vector(JsonNode array) {
    float[] vector = new float[array.size()];
    double square = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] = array.get(i).floatValue();
      square += (double) vector[i] * vector[i];
    }
    float length = (float) Math.sqrt(square);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
    return vector;
  }

  public int count() {
    return ids.length;
  }
}
