package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.Engine;
import io.elacsym.engine.settings.Seams;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Text indexes that were stored by another analysis of texts than the one that queries get. */
final class AnalysisVersionTest {
  private final MemoryStorage storage = new MemoryStorage(Instant::now);
  private final ManualTasks tasks = new ManualTasks();

  private Engine before() {
    return TestEngine.open(storage.attach());
  }

  private Engine after() {
    Seams real = Seams.real();
    return TestEngine.open(
        storage.attach(),
        Map.of(),
        new Seams(real.clock(), real.ids(), 1, tasks),
        new RevisedTextIndex());
  }

  private static List<String> found(Engine engine, String query) {
    return engine
        .namespace("ns")
        .query(TestEngine.query(TestEngine.text(query, "title"), Optional.empty(), 10))
        .hits()
        .stream()
        .map(hit -> hit.document().id().toString())
        .sorted()
        .toList();
  }

  @Test
  @Timeout(60)
  void whatAnEarlierAnalysisHasStoredIsBuiltAnewAndNeverAnswersWrongly() {
    try (Engine engine = before()) {
      engine.create("ns", TestEngine.schema());
      engine
          .namespace("ns")
          .write(
              TestEngine.upsert(
                  TestEngine.document(1, "Straße"), TestEngine.document(2, "Strasse")));
      engine.namespace("ns").flush();
      assertThat(found(engine, "straße")).containsExactly("1");
    }
    try (Engine engine = after()) {
      engine.namespace("ns").write(TestEngine.upsert(TestEngine.document(3, "STRAßE")));
      assertThat(found(engine, "straße")).as("before it is built").containsExactly("1", "2", "3");
      assertThat(engine.counters().lostIndexes()).isEqualTo(1);
      tasks.runQueued();
      assertThat(found(engine, "strasse")).containsExactly("1", "2", "3");
      assertThat(engine.verify("ns", bytes -> {}).findings()).isEmpty();
    }
    try (Engine engine = after()) {
      assertThat(found(engine, "straße")).containsExactly("1", "2", "3");
      assertThat(engine.counters().lostIndexes()).as("it was stored").isZero();
    }
  }

  @Test
  void whatALaterReleaseHasStoredIsAnsweredForFromTheDocumentsAndLeftAsItIs() {
    try (Engine engine = after()) {
      engine.create("ns", TestEngine.schema());
      engine.namespace("ns").write(TestEngine.upsert(TestEngine.document(1, "Straße")));
      engine.namespace("ns").flush();
    }
    try (Engine engine = before()) {
      assertThat(found(engine, "straße")).containsExactly("1");
      assertThat(found(engine, "strasse")).as("by the analysis that is installed").isEmpty();
      assertThat(engine.counters().lostIndexes()).as("to be rebuilt").isZero();
    }
    try (Engine engine = after()) {
      assertThat(found(engine, "strasse")).containsExactly("1");
      assertThat(engine.counters().lostIndexes()).isZero();
    }
  }
}
