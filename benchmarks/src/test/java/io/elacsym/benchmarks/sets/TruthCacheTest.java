package io.elacsym.benchmarks.sets;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.benchmarks.measure.Neighbors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthCacheTest {
  @TempDir private Path data = Path.of("");

  @Test
  void whatWasFoundOnceIsReadAgain() throws IOException {
    VectorSet set = set(300, 10, 1);
    Neighbors found = new TruthCache(set).neighbors("all", _ -> true);
    Neighbors again =
        new TruthCache(VectorSet.open(data, "small", 300, 10))
            .neighbors("all", TruthCacheTest::mustNotSearch);
    assertThat(again.matching()).isEqualTo(300);
    assertThat(again.items()).isDeepEqualTo(found.items());
    assertThat(again.scores()).isDeepEqualTo(found.scores());
    assertThat(again.items()[0]).hasSize(TruthCache.DEPTH);
  }

  @Test
  void anotherFilterIsSearchedAnew() throws IOException {
    VectorSet set = set(300, 10, 1);
    var _ = new TruthCache(set).neighbors("all", _ -> true);
    Neighbors even = new TruthCache(set).neighbors("even", item -> item % 2 == 0);
    assertThat(even.matching()).isEqualTo(150);
    assertThat(files()).isEqualTo(2);
  }

  @Test
  void fewerVectorsOrQueriesAreSearchedAnew() throws IOException {
    var _ = new TruthCache(set(300, 10, 1)).neighbors("all", _ -> true);
    VectorSet fewer = VectorSet.open(data, "small", 200, 10);
    assertThat(new TruthCache(fewer).neighbors("all", _ -> true).matching()).isEqualTo(200);
    VectorSet asked = VectorSet.open(data, "small", 300, 5);
    assertThat(new TruthCache(asked).neighbors("all", _ -> true).items().length).isEqualTo(5);
    var _ = new TruthCache(asked.first(250)).neighbors("all", _ -> true);
    assertThat(files()).isEqualTo(4);
  }

  @Test
  void otherVectorsOfTheSameShapeAreSearchedAnew() throws IOException {
    Neighbors first = new TruthCache(set(300, 10, 1)).neighbors("all", _ -> true);
    Neighbors second = new TruthCache(set(300, 10, 2)).neighbors("all", _ -> true);
    assertThat(second.items()).isNotEqualTo(first.items());
    assertThat(files()).isEqualTo(2);
  }

  @Test
  void anotherMetricIsSearchedAnew() throws IOException {
    var _ = new TruthCache(set(300, 10, 1)).neighbors("all", _ -> true);
    VectorSet l2 = SmallSets.mixture(data, "small", Metric.L2, 16, 300, 10, 1);
    var _ = new TruthCache(l2).neighbors("all", _ -> true);
    assertThat(files()).isEqualTo(2);
  }

  private static boolean mustNotSearch(int item) {
    throw new AssertionError("item " + item + " is compared again");
  }

  private VectorSet set(int vectors, int queries, long seed) throws IOException {
    return SmallSets.mixture(data, "small", Metric.COSINE, 16, vectors, queries, seed);
  }

  private long files() throws IOException {
    try (var files = Files.list(SetFiles.of(data, "small").directory())) {
      return files.filter(file -> file.getFileName().toString().startsWith("truth-")).count();
    }
  }
}
