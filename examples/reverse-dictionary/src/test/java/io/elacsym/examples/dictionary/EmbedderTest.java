package io.elacsym.examples.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedderTest {

  private static final Embedder EMBEDDER = new Embedder();

  @TempDir private Path directory;

  @Test
  void vectorsHaveLengthOneAndNearMeaningsAreNear() {
    float[] question = EMBEDDER.embed("a person who studies the stars");
    float[] astronomer = EMBEDDER.embed("a physicist who studies astronomy");
    float[] bakery = EMBEDDER.embed("a workplace where baked goods are produced or sold");

    assertThat(question).hasSize(Embedder.DIMENSIONS);
    assertThat(dot(question, question)).isCloseTo(1, within(1e-5));
    assertThat(dot(question, astronomer)).isGreaterThan(dot(question, bakery) + 0.3);
  }

  @Test
  void whatIsComputedByManyThreadsIsWhatOneThreadComputes() throws Exception {
    List<Entry> entries = Fixtures.entries(70);
    try (EmbeddingCache cache = openCache()) {
      Vectors vectors = new Vectors(cache);
      vectors.computeMissing(entries, () -> EMBEDDER, 4, new Transcript().screen());

      assertThat(cache.size()).isEqualTo(entries.size());
      for (Entry entry : entries.subList(0, 5)) {
        assertThat(vectors.of(entry)).isEqualTo(EMBEDDER.embed(entry.text()));
      }
    }
  }

  @Test
  void aSecondRunComputesOnlyWhatIsMissingAndNeedsNoModelIfThatIsNothing() throws Exception {
    List<Entry> entries = Fixtures.entries(4);
    Transcript transcript = new Transcript();
    try (EmbeddingCache cache = openCache()) {
      Vectors vectors = new Vectors(cache);
      vectors.computeMissing(entries.subList(0, 3), () -> EMBEDDER, 1, transcript.screen());
      vectors.computeMissing(entries, () -> EMBEDDER, 1, transcript.screen());
      vectors.computeMissing(
          entries,
          () -> {
            throw new AssertionError("the model was loaded for nothing");
          },
          1,
          transcript.screen());
    }
    assertThat(transcript.lines())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).startsWith("Embedding: 3 texts in "))
        .anySatisfy(line -> assertThat(line).startsWith("Embedding: 1 texts in "));
  }

  private EmbeddingCache openCache() throws IOException {
    return EmbeddingCache.open(directory.resolve("cache.bin"), Embedder.MODEL, Embedder.DIMENSIONS);
  }

  private static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
