package io.elacsym.benchmarks.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.api.index.Metric;
import io.elacsym.benchmarks.measure.Neighbors;
import io.elacsym.benchmarks.sets.SmallSets;
import io.elacsym.benchmarks.sets.TruthCache;
import io.elacsym.benchmarks.sets.VectorSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command on sets of a few vectors, without Python. */
class RivalsTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void everyContenderOfThisProcessFindsTheNearest() throws IOException {
    var _ = SmallSets.mixture(directory, "cosine", Metric.COSINE, 16, 600, 20, 1);
    var _ = SmallSets.mixture(directory, "l2", Metric.L2, 16, 500, 20, 2);
    assertThat(run("--set", "cosine,l2", "--filters")).isZero();
    JsonNode results = new ObjectMapper().readTree(directory.resolve("work/results.json").toFile());
    assertThat(results.path("build").size()).isEqualTo(18);
    for (JsonNode build : results.path("build")) {
      String contender = build.path("name").asText() + " on " + build.path("set").asText();
      double best = 0;
      for (JsonNode search : results.path("search")) {
        boolean same =
            search.path("name").equals(build.path("name"))
                && search.path("set").equals(build.path("set"));
        if (same && search.path("filter").asText().equals("no filter")) {
          best = Math.max(best, search.path("recall_at_10").asDouble());
        }
      }
      assertThat(best).as(contender).isGreaterThan(.97);
    }
    assertThat(Files.readString(directory.resolve("fragments/cosine-600.md")))
        .contains("benchmarks/bench", "load average", "elacsym ivf", "(cosine-600.svg)");
    assertThat(directory.resolve("fragments/l2-500.svg")).exists();
  }

  @Test
  void severalClientsAskAtOnce() throws IOException {
    var _ = SmallSets.mixture(directory, "cosine", Metric.COSINE, 16, 300, 20, 1);
    assertThat(run("--set", "cosine", "--threads", "2", "--contenders", "elacsym hnsw")).isZero();
    JsonNode results = new ObjectMapper().readTree(directory.resolve("work/results.json").toFile());
    assertThat(results.path("throughput").get(0).path("queries_per_second").asDouble())
        .isPositive();
  }

  @Test
  void growthIsMeasuredOnTheFirstVectorsOfOneSet() throws IOException {
    var _ = SmallSets.mixture(directory, "mixture", Metric.COSINE, 16, 800, 20, 1);
    assertThat(run("--growth", "400,800")).isZero();
    JsonNode results = new ObjectMapper().readTree(directory.resolve("work/results.json").toFile());
    assertThat(results.path("growth").size()).isEqualTo(2);
    assertThat(results.path("growth").get(1).path("cold_bytes").asLong()).isPositive();
    assertThat(directory.resolve("fragments/mixture-growth.md")).exists();
  }

  @Test
  void hitsThatTheFilterForbidsOrThatComeTwiceDoNotCount() throws IOException {
    VectorSet set = SmallSets.mixture(directory, "some", Metric.COSINE, 16, 50, 1, 1);
    BitSet even = new BitSet();
    for (int item = 0; item < set.count(); item += 2) {
      even.set(item);
    }
    Neighbors neighbors = new TruthCache(set).neighbors("even", even::get);
    int[] best = neighbors.items()[0];
    Asked asked = Asked.of(set, 2, new int[] {0}, Optional.of(even), neighbors);
    assertThat(asked.recall(new int[][] {{best[0], best[1]}})).isEqualTo(1);
    assertThat(asked.recall(new int[][] {{best[0], best[0]}})).isEqualTo(.5);
    assertThat(asked.recall(new int[][] {{1, 3}})).isZero();
  }

  private int run(String... arguments) {
    CommandLine command = new CommandLine(new RivalsCommand());
    String[] all = new String[arguments.length + 10];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    String[] rest = {
      "--rounds", "1",
      "--data", directory.toString(),
      "--work", directory.resolve("work").toString(),
      "--fragments", directory.resolve("fragments").toString(),
      "--python", directory.resolve("no-python").toString()
    };
    System.arraycopy(rest, 0, all, arguments.length, rest.length);
    return command.execute(all);
  }
}
