package io.elacsym.benchmarks.rivals.contenders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.elacsym.api.index.Metric;
import io.elacsym.benchmarks.sets.SmallSets;
import io.elacsym.benchmarks.sets.VectorSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {
  @TempDir private Path data = Path.of("");

  @Test
  void theScriptTellsWhatItHas() throws IOException {
    try (Script script = stub(Duration.ofMinutes(1))) {
      assertThat(script.versions()).containsEntry("hnswlib", "0.8.0");
      assertThat(script.missing()).containsExactly("faiss-cpu");
    }
  }

  @Test
  void anIndexOfTheScriptIsBuiltAndSearched() throws IOException {
    VectorSet set = set();
    try (Script script = stub(Duration.ofMinutes(1));
        Contender contender = contender(script, "hnswlib")) {
      script.load(set, data);
      assertThat(contender.build(set)).isEqualTo(new Built(2.5, 3, 1_000));
      Found found = contender.search(Setting.of("ef", 2), new int[] {3, 1}, 10);
      assertThat(found.items()).isDeepEqualTo(new int[][] {{300, 301}, {100, 101}});
      assertThat(found.micros()).isEqualTo(2_000);
      assertThat(contender.throughput(Setting.of("ef", 2), new int[] {0}, 10, 2)).hasValue(1_000);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Test
  void aFilterThatTheLibraryRefusesIsNotSupported() throws IOException {
    try (Script script = stub(Duration.ofMinutes(1));
        ScriptContender contender = contender(script, "hnswlib")) {
      BitSet items = new BitSet();
      items.set(1);
      assertThat(contender.accept(Optional.of(items))).isFalse();
      assertThat(contender.accept(Optional.empty())).isTrue();
    }
  }

  @Test
  void theEndOfTheScriptIsTold() throws IOException {
    try (Script script = stub(Duration.ofMinutes(1))) {
      ScriptContender contender = contender(script, "dying");
      assertThatIOException()
          .isThrownBy(() -> contender.build(set()))
          .withMessageContaining("ended while it was asked to build");
    }
  }

  @Test
  void aScriptThatDoesNotAnswerIsEnded() throws IOException {
    try (Script script = stub(Duration.ofSeconds(20))) {
      ScriptContender contender = contender(script, "hnswlib");
      assertThat(contender.accept(Optional.empty())).isTrue();
    }
    Script silent = stub(Duration.ofSeconds(5));
    ScriptContender contender = contender(silent, "silent");
    assertThatIOException()
        .isThrownBy(() -> contender.build(set()))
        .withMessageContaining("--patience");
    silent.close();
  }

  @Test
  void aProgramThatIsNotThereIsTold() {
    assertThatIOException()
        .isThrownBy(
            () -> Script.start(List.of(data.resolve("python3").toString()), Duration.ofMinutes(1)))
        .withMessageContaining("python3");
  }

  @Test
  void librariesThatAreMissingTakeNoPart() throws IOException {
    VectorSet set = set();
    try (Script script = stub(Duration.ofMinutes(1))) {
      List<Contender> all =
          new Lineup(set, data).contenders(List.of("hnswlib", "faiss"), Optional.of(script));
      assertThat(all).extracting(Contender::name).containsExactly("hnswlib");
      assertThat(new Lineup(set, data).contenders(List.of("hnswlib"), Optional.empty())).isEmpty();
    }
  }

  private static ScriptContender contender(Script script, String library) {
    return new ScriptContender(script, "some", library, Map.of("M", 16), List.of());
  }

  private VectorSet set() throws IOException {
    return SmallSets.mixture(data, "small", Metric.COSINE, 8, 20, 4, 1);
  }

  private static Script stub(Duration patience) throws IOException {
    return Script.start(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            StubScript.class.getName()),
        patience);
  }
}
