package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.Engine;
import io.elacsym.engine.check.GivenFilters;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.IndexCount;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.PluginFaults;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Trouble;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.settings.TaskRunner;
import io.elacsym.tck.fault.ForwardingStorage;
import io.elacsym.tck.memory.GivenStorageProvider;
import io.elacsym.tck.memory.MemoryStorage;
import io.elacsym.tck.reference.PlainTextIndex;
import io.elacsym.tck.reference.PlainVectorIndex;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of data and of queries when plugins break their contract, change, or are gone. */
@Timeout(120)
final class BadPluginTest {
  private static final int ROWS = 20;

  private static final Filter EVEN =
      GivenFilters.of(
          new TypedFilter.In(
              "id",
              IntStream.range(0, ROWS / 2)
                  .<Value.Scalar>mapToObj(i -> new Value.Int(2L * i))
                  .toList()));

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryStorage storage = new MemoryStorage(now::get);
  private final TunedVectorIndex vectors = new TunedVectorIndex();
  private final MarkedTextIndex texts = new MarkedTextIndex();
  private final ManualTasks tasks = new ManualTasks();

  private Engine open(
      Storage over,
      TaskRunner runner,
      List<VectorIndexProvider> vectorIndexes,
      List<TextIndexProvider> textIndexes,
      Map<String, String> more) {
    Map<String, String> values = new HashMap<>();
    values.put("storage.backend", "given");
    values.put("segment.format", FormatUnderTest.provider().name());
    values.put("index.vector", vectorIndexes.getFirst().name());
    values.put("index.text", textIndexes.getFirst().name());
    values.put("cache.disk_size", "0");
    values.put("write.flush_age", "1h");
    values.put("write.linger", "0ms");
    values.put("compaction.enabled", "false");
    values.putAll(more);
    return Engine.open(
        EngineSettings.of(values),
        new Providers(
            List.of(new GivenStorageProvider("given", () -> over)),
            List.of(FormatUnderTest.provider()),
            vectorIndexes,
            textIndexes),
        new Seams(now::get, Seams.real().ids(), 1, runner));
  }

  /** The indexes that can be spoilt, chosen; the others are installed, too. */
  private Engine open() {
    return open(
        storage.attach(),
        tasks,
        List.of(vectors, new PlainVectorIndex()),
        List.of(texts, new PlainTextIndex()),
        Map.of());
  }

  /** The others alone. */
  private Engine openWithout() {
    return open(
        storage.attach(),
        tasks,
        List.of(new PlainVectorIndex()),
        List.of(new PlainTextIndex()),
        Map.of());
  }

  /** Both text indexes, of which the first is for new segments. */
  private Engine open(TextIndexProvider first, TextIndexProvider second, Map<String, String> more) {
    return open(storage.attach(), tasks, List.of(vectors), List.of(first, second), more);
  }

  private static Namespace fill(Engine engine) {
    Namespace namespace = engine.create("ns", TestEngine.schema());
    namespace.write(
        TestEngine.upsert(
            IntStream.range(0, ROWS)
                .mapToObj(id -> TestEngine.document(id, "word number " + id))
                .toArray(Document[]::new)));
    namespace.flush();
    return namespace;
  }

  private static List<Hit> hits(Engine engine, Ranking ranking, Optional<Filter> filter) {
    QueryRequest request = TestEngine.query(ranking, filter, 5);
    return engine.namespace("ns").query(request).hits();
  }

  private static List<String> ids(List<Hit> hits) {
    return hits.stream().map(hit -> hit.document().id().toString()).toList();
  }

  /** Ids of all documents that have the word. */
  private static List<String> idsOfWord(Engine engine) {
    QueryRequest request =
        TestEngine.query(TestEngine.text("word", "title"), Optional.empty(), 2 * ROWS);
    return ids(engine.namespace("ns").query(request).hits());
  }

  private static List<String> nearest(Engine engine) {
    return ids(hits(engine, TestEngine.nearest(0, 0), Optional.of(EVEN)));
  }

  private static PluginFaults faults(Engine engine, String plugin) {
    return engine.pluginFaults().stream()
        .filter(faults -> faults.name().equals(plugin))
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable, R> R sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void aPutThatThrowsWhatItMayNotFailsTheWriteAndNoOther() {
    AtomicBoolean bad = new AtomicBoolean();
    Storage spoilt =
        new ForwardingStorage(storage.attach()) {
          @Override
          public PutResult put(String name, Payload payload, PutMode mode) {
            if (bad.get()) {
              sneaky(new IOException("not declared"));
            }
            return inner.put(name, payload, mode);
          }
        };
    try (Engine engine =
        open(spoilt, TaskRunner.virtualThreads(), List.of(vectors), List.of(texts), Map.of())) {
      Namespace namespace = fill(engine);
      bad.set(true);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> namespace.write(TestEngine.upsert(TestEngine.document(90, "no"))))
            .isInstanceOf(ElacsymException.class);
      }
      bad.set(false);
      namespace.write(TestEngine.upsert(TestEngine.document(91, "yes")));
      assertThat(ids(hits(engine, TestEngine.text("yes", "title"), Optional.empty())))
          .containsExactly("91");
      assertThat(faults(engine, "given").failures()).isPositive();
    }
  }

  @Test
  void aPutThatThrowsAfterItHasStoredLosesNothingAndDoublesNothing() {
    AtomicBoolean bad = new AtomicBoolean();
    Storage spoilt =
        new ForwardingStorage(storage.attach()) {
          @Override
          public PutResult put(String name, Payload payload, PutMode mode) {
            PutResult result = inner.put(name, payload, mode);
            return bad.getAndSet(false) ? sneaky(new Exception("too late")) : result;
          }
        };
    try (Engine engine = open(spoilt, tasks, List.of(vectors), List.of(texts), Map.of())) {
      Namespace namespace = fill(engine);
      bad.set(true);
      namespace.write(TestEngine.upsert(TestEngine.document(90, "kept")));
      assertThat(namespace.stats().documents()).isEqualTo(ROWS + 1);
      assertThat(engine.verify("ns", bytes -> {}).findings()).isEmpty();
    }
  }

  private static VectorHits changed(VectorHits hits, int at, int row, float score) {
    int[] rows = hits.rows().clone();
    float[] scores = hits.scores().clone();
    rows[at] = row;
    scores[at] = score;
    return new VectorHits(rows, scores, hits.scored());
  }

  static Stream<Named<UnaryOperator<VectorHits>>> wrongVectorHits() {
    return Stream.of(
        Named.of("not accepted", hits -> changed(hits, 0, 0, hits.scores()[0])),
        Named.of("twice", hits -> changed(hits, 1, hits.rows()[0], hits.scores()[1])),
        Named.of("no such row", hits -> changed(hits, 0, ROWS, hits.scores()[0])),
        Named.of("negative row", hits -> changed(hits, 0, -1, hits.scores()[0])),
        Named.of("NaN", hits -> changed(hits, 0, hits.rows()[0], Float.NaN)),
        Named.of("infinite", hits -> changed(hits, 0, hits.rows()[0], Float.POSITIVE_INFINITY)),
        Named.of("unsorted", hits -> changed(hits, 0, hits.rows()[0], -1e9f)),
        Named.of(
            "too few",
            hits ->
                new VectorHits(Arrays.copyOf(hits.rows(), 2), Arrays.copyOf(hits.scores(), 2), 2)),
        Named.of("none", hits -> new VectorHits(new int[0], new float[0], 0)),
        Named.of(
            "too many",
            hits ->
                new VectorHits(
                    IntStream.range(0, 10).map(i -> 2 * i).toArray(), new float[10], 10)));
  }

  @ParameterizedTest
  @MethodSource("wrongVectorHits")
  void wrongVectorHitsAreNotBelievedAndTheDocumentsAnswer(UnaryOperator<VectorHits> wrong) {
    try (Engine engine = open()) {
      fill(engine);
      List<String> right = nearest(engine);
      assertThat(right).containsExactly("0", "2", "4", "6", "8");
      vectors.answering(wrong);
      assertThat(nearest(engine)).isEqualTo(right);
      assertThat(nearest(engine)).isEqualTo(right);
      assertThat(faults(engine, TunedVectorIndex.NAME))
          .isEqualTo(new PluginFaults("vector index", TunedVectorIndex.NAME, 0, 2));
      vectors.answering(hits -> hits);
      assertThat(nearest(engine)).isEqualTo(right);
      assertThat(faults(engine, TunedVectorIndex.NAME).wrongAnswers()).isEqualTo(2);
    }
  }

  private static TextHits changed(TextHits hits, int at, int row, float score) {
    int[] rows = hits.rows().clone();
    float[] scores = hits.scores().clone();
    rows[at] = row;
    scores[at] = score;
    return new TextHits(rows, scores);
  }

  static Stream<Named<UnaryOperator<TextHits>>> wrongTextHits() {
    return Stream.of(
        Named.of("not accepted", hits -> changed(hits, 0, 0, hits.scores()[0])),
        Named.of("twice", hits -> changed(hits, 1, hits.rows()[0], hits.scores()[1])),
        Named.of("NaN", hits -> changed(hits, 0, hits.rows()[0], Float.NaN)),
        Named.of("zero", hits -> changed(hits, 4, hits.rows()[4], 0)),
        Named.of("unsorted", hits -> changed(hits, 4, hits.rows()[4], 1e9f)));
  }

  private static List<String> ofText(Engine engine) {
    return ids(hits(engine, TestEngine.text("word", "title"), Optional.of(EVEN)));
  }

  /** Also an index in memory is of the plugin; wrong once, as a fault that passes, it is right. */
  @ParameterizedTest
  @MethodSource("wrongTextHits")
  void wrongTextHitsAreNotBelievedAndTheDocumentsAnswer(UnaryOperator<TextHits> wrong) {
    try (Engine engine = open()) {
      fill(engine);
      List<String> right = ofText(engine);
      assertThat(right).hasSize(5);
      AtomicBoolean once = new AtomicBoolean(true);
      texts.answering(hits -> once.getAndSet(false) ? wrong.apply(hits) : hits);
      assertThat(ofText(engine)).isEqualTo(right);
      assertThat(faults(engine, MarkedTextIndex.NAME).wrongAnswers()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("wrongTextHits")
  void aTextIndexThatIsAlwaysWrongFailsByNameAndAnswersNothing(UnaryOperator<TextHits> wrong) {
    try (Engine engine = open()) {
      fill(engine);
      texts.answering(wrong);
      assertThatThrownBy(() -> ofText(engine))
          .isInstanceOf(ElacsymException.class)
          .hasMessageContaining("text index plugin 'marked' broke its contract");
    }
  }

  @Test
  void anOrderThatLosesRowsIsNotStored() {
    try (Engine engine = open()) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      namespace.write(
          TestEngine.upsert(TestEngine.document(1, "one"), TestEngine.document(2, "two")));
      vectors.ordering(0, 0);
      assertThatThrownBy(namespace::flush)
          .hasMessageContaining("vector index plugin 'tuned' broke its contract: rowOrder");
      vectors.ordering(1, 0);
      namespace.flush();
      assertThat(namespace.get(DocId.of(1), Projection.ALL)).isPresent();
      assertThat(namespace.get(DocId.of(2), Projection.ALL)).isPresent();
      assertThat(engine.verify("ns", bytes -> {}).findings()).isEmpty();
    }
  }

  @Test
  void whatItsOwnPluginCannotReadIsNotStored() {
    try (Engine engine = open()) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      namespace.write(TestEngine.upsert(TestEngine.document(1, "one")));
      for (Encoding wrong :
          List.of(Encoding.of("elsewhere", 1), Encoding.of(TunedVectorIndex.NAME, 99))) {
        vectors.writing(wrong);
        assertThatThrownBy(namespace::flush)
            .hasMessageContaining("vector index plugin 'tuned' broke its contract: it writes ");
      }
      vectors.writing(Encoding.of(TunedVectorIndex.NAME, 1));
      namespace.flush();
      assertThat(namespace.stats().segments()).isEqualTo(1);
    }
  }

  @Test
  void whereALiveTextIndexHasFailedAnotherOneIsBuiltOfTheTexts() {
    Ranking ranking = TestEngine.text("number 3 " + MarkedTextIndex.POISON, "title");
    Document[] lately = {
      TestEngine.document(70, "before, number 3"),
      TestEngine.document(77, "a " + MarkedTextIndex.POISON + ", " + MarkedTextIndex.POISON),
      TestEngine.document(78, "number 3 afterwards, which is much longer than the others are"),
      TestEngine.document(79, "nothing of that")
    };
    List<Hit> right;
    try (Engine engine = open()) {
      fill(engine).write(TestEngine.upsert(lately));
      right = hits(engine, ranking, Optional.empty());
      assertThat(ids(right)).contains("70", "77", "78");
      engine.drop("ns");
    }
    try (Engine engine = open()) {
      Namespace namespace = fill(engine);
      texts.failingToAdd(true);
      for (Document document : lately) {
        namespace.write(TestEngine.upsert(document));
      }
      assertThatThrownBy(() -> hits(engine, ranking, Optional.empty()))
          .as("for as long as it fails")
          .hasMessageContaining("text index plugin 'marked' failed");
      texts.failingToAdd(false);
      assertThat(scored(hits(engine, ranking, Optional.empty()))).isEqualTo(scored(right));
      Document later = TestEngine.document(80, "number 3 once more");
      namespace.write(TestEngine.upsert(later));
      assertThat(ids(hits(engine, ranking, Optional.empty()))).contains("77", "80");
      namespace.write(new WriteRequest(List.of(new WriteOp.Delete(DocId.of(80)))));
      assertThat(scored(hits(engine, ranking, Optional.empty()))).isEqualTo(scored(right));
      namespace.flush();
      assertThat(ids(hits(engine, ranking, Optional.empty()))).isEqualTo(ids(right));
    }
  }

  private static List<String> scored(List<Hit> hits) {
    return hits.stream().map(hit -> hit.document().id() + " " + hit.score()).toList();
  }

  @Test
  void aTextThatThePluginCannotAnalyseIsKeptAndOnlyQueriesOfItsFieldFail() {
    try (Engine engine = open()) {
      Namespace namespace = fill(engine);
      texts.failing(true);
      namespace.write(TestEngine.upsert(TestEngine.document(77, "a " + MarkedTextIndex.POISON)));
      assertThat(namespace.stats().documents()).isEqualTo(ROWS + 1);
      assertThatThrownBy(() -> ofText(engine))
          .hasMessageContaining("text index plugin 'marked' failed in add");
      assertThat(nearest(engine)).hasSize(5);
      texts.failing(false);
      namespace.flush();
      assertThat(
              ids(hits(engine, TestEngine.text(MarkedTextIndex.POISON, "title"), Optional.empty())))
          .containsExactly("77");
    }
  }

  @Test
  void aFlushThatFailsIsTriedLessAndLessOftenAndShownInTheStatistics() {
    try (Engine engine =
        open(
            storage.attach(),
            tasks,
            List.of(vectors),
            List.of(texts),
            Map.of("write.flush_age", "1s"))) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      vectors.beforeBuild(() -> {
        throw new IllegalArgumentException("cannot build");
      });
      namespace.write(TestEngine.upsert(TestEngine.document(1, "one")));
      int seconds = 600;
      for (int i = 0; i < seconds; i++) {
        now.updateAndGet(time -> time.plusSeconds(1));
        tasks.tick();
      }
      assertThat(vectors.builds()).isBetween(5, 12);
      assertThat(engine.troubledNamespaces()).isEqualTo(1);
      assertThat(engine.counters().backgroundFailures()).isEqualTo(vectors.builds());
      Trouble trouble = namespace.stats().troubles().getFirst();
      assertThat(trouble.work()).isEqualTo("flush");
      assertThat(trouble.failures()).isEqualTo(vectors.builds());
      assertThat(trouble.message()).isEqualTo("vector index plugin 'tuned' failed in build");
      vectors.beforeBuild(() -> {});
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(6)));
      tasks.tick();
      assertThat(namespace.stats().troubles()).isEmpty();
      assertThat(namespace.stats().segments()).isEqualTo(1);
      assertThat(engine.troubledNamespaces()).isZero();
    }
  }

  @Test
  void aPluginThatIsGoneStrandsNothing() {
    List<String> near;
    try (Engine engine = open()) {
      fill(engine);
      near = nearest(engine);
    }
    try (Engine engine = openWithout()) {
      assertThat(nearest(engine)).isEqualTo(near);
      assertThat(ofText(engine)).hasSize(5);
      tasks.runQueued();
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
      tasks.tick();
      assertThat(engine.namespace("ns").stats().indexes())
          .extracting(IndexCount::configured)
          .containsOnly(true);
      assertThat(nearest(engine)).isEqualTo(near);
      assertThat(ofText(engine)).hasSize(5);
      assertThat(engine.verify("ns", bytes -> {}).findings()).isEmpty();
    }
  }

  @Test
  void aMergeThatIsAskedForGivesOneSegmentTheConfiguredIndexesInPlaceOfThoseOfAPluginThatIsGone() {
    try (Engine engine = open()) {
      fill(engine);
    }
    try (Engine engine = openWithout()) {
      engine.namespace("ns").compact();
      assertThat(engine.namespace("ns").stats().indexes())
          .extracting(IndexCount::configured)
          .containsOnly(true);
    }
  }

  @Test
  void eachSegmentIsAskedInTheTermsOfThePluginThatWroteIt() {
    try (Engine engine = open()) {
      fill(engine);
    }
    try (Engine engine = open(new PlainTextIndex(), texts, Map.of())) {
      engine.namespace("ns").write(TestEngine.upsert(TestEngine.document(77, "the word again")));
      List<String> live = idsOfWord(engine);
      assertThat(live).hasSize(ROWS + 1).contains("77");
      engine.namespace("ns").flush();
      assertThat(idsOfWord(engine)).isEqualTo(live);
      assertThat(engine.counters().lostIndexes()).isZero();
    }
  }

  @Test
  void aWordIsAsRareInTheTermsOfOnePluginAsInThoseOfAnother() {
    try (Engine engine = open()) {
      fill(engine);
    }
    try (Engine engine = open(new PlainTextIndex(), texts, Map.of())) {
      Namespace namespace = engine.namespace("ns");
      namespace.write(TestEngine.upsert(TestEngine.document(77, "word number 3")));
      List<Hit> hits = hits(engine, TestEngine.text("number 3", "title"), Optional.empty());
      assertThat(ids(hits).subList(0, 2)).containsExactlyInAnyOrder("3", "77");
      assertThat(hits.get(0).score()).isEqualTo(hits.get(1).score());
    }
  }

  @Test
  void eachSegmentIsAskedInTheTermsOfTheOptionsThatItWasWrittenWith() {
    try (Engine engine = open()) {
      fill(engine);
    }
    try (Engine engine = open(texts, new PlainTextIndex(), Map.of("index.marked.mark", "other"))) {
      engine.namespace("ns").write(TestEngine.upsert(TestEngine.document(77, "the word again")));
      engine.namespace("ns").flush();
      assertThat(idsOfWord(engine)).hasSize(ROWS + 1).contains("77");
      assertThat(engine.counters().lostIndexes()).isZero();
    }
  }

  @Test
  void aBuildThatNeverEndsDoesNotKeepOtherNamespacesFromBeingFlushed() throws Exception {
    CountDownLatch building = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch built = new CountDownLatch(2);
    AtomicBoolean first = new AtomicBoolean(true);
    vectors.beforeBuild(() -> {
      if (first.getAndSet(false)) {
        building.countDown();
        try {
          release.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      built.countDown();
    });
    try (Engine engine =
        open(
            storage.attach(),
            TaskRunner.virtualThreads(),
            List.of(vectors),
            List.of(texts),
            Map.of("background.tasks", "1", "write.flush_rows", "1"))) {
      for (String name : List.of("hanging", "waiting")) {
        Namespace namespace = engine.create(name, TestEngine.schema());
        namespace.write(TestEngine.upsert(TestEngine.document(1, "one")));
        building.await();
      }
      assertThat(built.getCount()).isEqualTo(2);
      now.updateAndGet(time -> time.plus(Duration.ofHours(1)));
      engine.tellOverduePlugins();
      while (engine.namespace("waiting").stats().segments() == 0) {
        Thread.onSpinWait();
      }
      assertThat(built.getCount()).isEqualTo(1);
      release.countDown();
      built.await();
    }
  }

  @Test
  void aBuildThatNeverEndsDoesNotKeepANamespaceFromBeingDeletedNorTheEngineFromClosing()
      throws Exception {
    CountDownLatch building = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    vectors.beforeBuild(() -> {
      building.countDown();
      boolean interrupted = false;
      while (release.getCount() > 0) {
        try {
          release.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    });
    Thread flushing;
    try (Engine engine =
        open(
            storage.attach(),
            TaskRunner.virtualThreads(),
            List.of(vectors),
            List.of(texts),
            Map.of())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      namespace.write(TestEngine.upsert(TestEngine.document(1, "one")));
      flushing =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  namespace.flush();
                } catch (ElacsymException e) {
                  // Its namespace is gone.
                }
              });
      building.await();
      engine.drop("ns");
      assertThatThrownBy(() -> engine.namespace("ns"))
          .isInstanceOfSatisfying(
              ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
    }
    release.countDown();
    flushing.join();
  }
}
