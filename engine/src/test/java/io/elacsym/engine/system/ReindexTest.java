package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.Engine;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ManifestJson;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.IndexCount;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.ReindexRequest;
import io.elacsym.engine.model.ReindexRequest.Kind;
import io.elacsym.engine.model.ReindexStatus;
import io.elacsym.engine.model.ReindexStatus.State;
import io.elacsym.engine.model.Seeded;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.settings.TaskRunner;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.fault.Request;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other indexes for segments that are stored, while everything else goes on. */
@Timeout(120)
final class ReindexTest {
  private static final Map<String, String> TUNED = Map.of("index.vector", TunedVectorIndex.NAME);
  private static final String PLAIN = "plain v1";
  private static final String FINE = "tuned v3 grain=1024";
  private static final String COARSE = "tuned v3 grain=65536";
  private static final int SEGMENTS = 3;
  private static final int ROWS = 10;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryStorage storage = new MemoryStorage(now::get);
  private final TunedVectorIndex tuned = new TunedVectorIndex();
  private final ManualTasks tasks = new ManualTasks();

  private Engine open(Storage over, Map<String, String> settings, TaskRunner runner) {
    return TestEngine.open(
        over, settings, new Seams(now::get, Seams.real().ids(), 1, runner), tuned);
  }

  private Engine open(Map<String, String> settings) {
    return open(storage.attach(), settings, TaskRunner.virtualThreads());
  }

  /** Three segments, built by the plain index, of which the first has a deleted row. */
  private Map<String, String> fill() {
    try (Engine engine = open(Map.of())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int segment = 0; segment < SEGMENTS; segment++) {
        int first = segment * ROWS;
        namespace.write(
            TestEngine.upsert(
                IntStream.range(first, first + ROWS)
                    .mapToObj(id -> TestEngine.document(id, "title " + id))
                    .toArray(Document[]::new)));
        namespace.flush();
      }
      namespace.write(TestEngine.delete(3));
      namespace.flush();
      return PastTest.titles(namespace);
    }
  }

  private static ReindexRequest request(boolean force, boolean awaited) {
    return new ReindexRequest(Optional.empty(), Optional.empty(), force, awaited);
  }

  private static ReindexStatus reindex(Namespace namespace) {
    return namespace.reindex(request(false, true));
  }

  private static ReindexRequest named(String index) {
    return new ReindexRequest(Optional.empty(), Optional.of(index), false, true);
  }

  private static Map<String, Integer> recipes(Namespace namespace, String kind) {
    Map<String, Integer> recipes = new TreeMap<>();
    namespace.stats().indexes().stream()
        .filter(count -> count.kind().equals(kind))
        .forEach(count ->
            recipes.merge(count.recipe().orElse("unknown"), count.indexes(), Integer::sum));
    return recipes;
  }

  private static List<String> nearest(Namespace namespace, int id) {
    QueryResult result =
        namespace.query(TestEngine.query(TestEngine.nearest(id, 0), Optional.empty(), 1));
    return result.hits().stream().map(hit -> hit.document().id().toString()).toList();
  }

  private List<String> indexObjects() {
    return storage.attach().list("ns/indexes/", "", 1000).stream().map(ObjectInfo::name).toList();
  }

  private static void isWhole(Engine engine, Map<String, String> titles) {
    Namespace namespace = engine.namespace("ns");
    assertThat(PastTest.titles(namespace)).isEqualTo(titles);
    for (int id : List.of(0, 2, 15, 29)) {
      assertThat(nearest(namespace, id)).containsExactly(Integer.toString(id));
    }
    assertThat(nearest(namespace, 3)).as("a deleted row").doesNotContain("3");
    assertThat(engine.verify("ns", bytes -> {}).damaged()).isFalse();
  }

  @Test
  void anIndexIsExchangedByConfigurationAndFormerOnesAnswerUntilThen() {
    Map<String, String> titles = fill();
    try (Engine engine = open(TUNED)) {
      Namespace namespace = engine.namespace("ns");
      assertThat(namespace.stats().indexes())
          .contains(
              new IndexCount("vector", PLAIN, Optional.of(PLAIN), false, 3, 30, bytesOf("vector")));
      isWhole(engine, titles);
      ReindexStatus status = reindex(namespace);
      assertThat(status.state()).isEqualTo(State.DONE);
      assertThat(status.recipes()).containsExactly(FINE, "plain-text v1");
      assertThat(status.segmentsDone()).isEqualTo(3);
      assertThat(status.segments()).isEqualTo(3);
      assertThat(status.rowsDone()).isEqualTo(30);
      assertThat(status.rows()).isEqualTo(30);
      assertThat(status.lastError()).isEmpty();
      assertThat(namespace.stats().indexes())
          .contains(
              new IndexCount(
                  "vector", "tuned v1", Optional.of(FINE), true, 3, 30, bytesOf("vector")));
      assertThat(engine.counters().indexRebuilds()).isEqualTo(3);
      assertThat(engine.counters().failedIndexRebuilds()).isZero();
      isWhole(engine, titles);
    }
    try (Engine engine = open(Map.of())) {
      isWhole(engine, titles);
      reindex(engine.namespace("ns"));
      assertThat(recipes(engine.namespace("ns"), "vector")).isEqualTo(Map.of(PLAIN, 3));
      isWhole(engine, titles);
    }
  }

  private long bytesOf(String kind) {
    return manifest().segments().stream()
        .flatMap(segment -> segment.indexes().stream())
        .filter(index -> index.kind().id().equals(kind))
        .mapToLong(index -> index.blob().bytes())
        .sum();
  }

  private Manifest manifest() {
    return ManifestJson.read(
        "ns", storage.attach().get("ns/manifest.json", ByteRange.ALL).orElseThrow().bytes());
  }

  @Test
  void twoSettingsOfOnePluginAreToldApartAndWhatIsRightIsSkipped() {
    fill();
    try (Engine engine = open(TUNED)) {
      reindex(engine.namespace("ns"));
    }
    assertThat(tuned.builds()).isEqualTo(3);
    Map<String, String> coarse =
        Map.of("index.vector", TunedVectorIndex.NAME, "index.tuned.grain", "64KB");
    try (Engine engine = open(coarse)) {
      Namespace namespace = engine.namespace("ns");
      assertThat(recipes(namespace, "vector")).isEqualTo(Map.of(FINE, 3));
      assertThat(reindex(namespace).segments()).isEqualTo(3);
      assertThat(tuned.builds()).isEqualTo(6);
      assertThat(recipes(namespace, "vector")).isEqualTo(Map.of(COARSE, 3));
      ReindexStatus again = reindex(namespace);
      assertThat(again.state()).isEqualTo(State.DONE);
      assertThat(again.segments()).isZero();
      assertThat(tuned.builds()).isEqualTo(6);
    }
    // The same value in other words is the same.
    try (Engine engine =
        open(Map.of("index.vector", TunedVectorIndex.NAME, "index.tuned.grain", "65536"))) {
      assertThat(reindex(engine.namespace("ns")).segments()).isZero();
      assertThat(tuned.builds()).isEqualTo(6);
    }
  }

  @Test
  void byForceEverythingIsBuiltAnewOnce() {
    Map<String, String> titles = fill();
    try (Engine engine = open(TUNED)) {
      Namespace namespace = engine.namespace("ns");
      reindex(namespace);
      List<String> before = indexObjects();
      ReindexStatus status = namespace.reindex(request(true, true));
      assertThat(status.state()).isEqualTo(State.DONE);
      assertThat(status.segments()).isEqualTo(3);
      assertThat(tuned.builds()).isEqualTo(6);
      assertThat(indexObjects()).containsAll(before).hasSize(before.size() + 6);
      isWhole(engine, titles);
    }
  }

  @Test
  void anIndexOfWhichNobodyKnowsHowItWasBuiltIsBuiltAnew() {
    Map<String, String> titles = fill();
    Manifest known = manifest();
    List<SegmentEntry> segments = new ArrayList<>();
    for (SegmentEntry segment : known.segments()) {
      segments.add(
          segment.withIndexes(
              segment.indexes().stream()
                  .map(index ->
                      new IndexEntry(
                          index.field(),
                          index.kind(),
                          index.encoding(),
                          Optional.empty(),
                          index.blob()))
                  .toList()));
    }
    storage
        .attach()
        .put(
            "ns/manifest.json",
            Payload.of(
                ManifestJson.write(known.withContent(known.content().withSegments(segments)))),
            PutMode.OVERWRITE);
    try (Engine engine = open(Map.of())) {
      Namespace namespace = engine.namespace("ns");
      assertThat(recipes(namespace, "vector")).isEqualTo(Map.of("unknown", 3));
      isWhole(engine, titles);
      assertThat(reindex(namespace).segments()).isEqualTo(3);
      assertThat(recipes(namespace, "vector")).isEqualTo(Map.of(PLAIN, 3));
      assertThat(recipes(namespace, "text")).isEqualTo(Map.of("plain-text v1", 3));
      isWhole(engine, titles);
    }
  }

  @Test
  void aKindOrAnIndexThatIsNamedLeavesTheOthersAlone() {
    fill();
    try (Engine engine = open(Map.of())) {
      Namespace namespace = engine.namespace("ns");
      assertThat(namespace.reindex(named(TunedVectorIndex.NAME)).recipes()).containsExactly(FINE);
      assertThat(recipes(namespace, "vector")).isEqualTo(Map.of(FINE, 3));
      assertThat(engine.counters().indexRebuilds()).isEqualTo(3);
      ReindexStatus texts =
          namespace.reindex(
              new ReindexRequest(Optional.of(Kind.TEXT), Optional.empty(), true, true));
      assertThat(texts.recipes()).containsExactly("plain-text v1");
      assertThat(engine.counters().indexRebuilds()).isEqualTo(6);
      assertThat(recipes(namespace, "vector")).isEqualTo(Map.of(FINE, 3));
      // What the configuration names is what a merge builds.
      namespace.compact();
      assertThat(recipes(namespace, "vector")).isEqualTo(Map.of(PLAIN, 1));
    }
  }

  @Test
  void whatIsNotInstalledIsNamedBesideWhatIs() {
    fill();
    try (Engine engine = open(Map.of())) {
      Namespace namespace = engine.namespace("ns");
      refused(
          namespace,
          named("hsnw"),
          "index is \"hsnw\"",
          "installed: plain, tuned (vector), plain-text (text)");
      refused(
          namespace,
          new ReindexRequest(
              Optional.of(Kind.TEXT), Optional.of(TunedVectorIndex.NAME), false, true),
          "index is \"tuned\"",
          "installed: plain-text (text)");
      assertThat(namespace.reindexStatus()).isEmpty();
      assertThat(namespace.cancelReindex()).isEmpty();
      assertThat(engine.counters().indexRebuilds()).isZero();
    }
  }

  private static void refused(Namespace namespace, ReindexRequest request, String... parts) {
    assertThatThrownBy(() -> namespace.reindex(request))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .message()
        .contains(parts);
  }

  /** A build that has begun and goes on when the test says so. */
  private record Gate(CountDownLatch reached, CountDownLatch open) {
    static Gate inBuild(TunedVectorIndex index, int number) {
      Gate gate = new Gate(new CountDownLatch(1), new CountDownLatch(1));
      AtomicInteger builds = new AtomicInteger();
      index.beforeBuild(() -> {
        if (builds.incrementAndGet() == number) {
          gate.reached.countDown();
          try {
            gate.open.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
      });
      return gate;
    }
  }

  @Test
  void aCancelledOneEndsInTheMiddleOfABuildAndIsGoneOnWithWhenAskedAgain()
      throws InterruptedException {
    Map<String, String> titles = fill();
    try (Engine engine = open(TUNED)) {
      Namespace namespace = engine.namespace("ns");
      Gate second = Gate.inBuild(tuned, 2);
      ReindexStatus begun = namespace.reindex(request(false, false));
      assertThat(begun.state()).isEqualTo(State.RUNNING);
      assertThat(begun.segments()).isEqualTo(3);
      second.reached().await();
      assertThat(namespace.reindexStatus().orElseThrow().segmentsDone()).isEqualTo(1);
      isWhole(engine, titles);
      assertThat(namespace.cancelReindex().orElseThrow().state()).isEqualTo(State.CANCELLING);
      assertThatThrownBy(() -> namespace.reindex(request(false, false)))
          .isInstanceOf(ElacsymException.class)
          .hasMessageContaining("was cancelled and is about to end");
      second.open().countDown();
      awaitEnd(namespace);
      ReindexStatus ended = namespace.reindexStatus().orElseThrow();
      assertThat(ended.state()).isEqualTo(State.CANCELLED);
      assertThat(ended.segmentsDone()).isEqualTo(1);
      assertThat(ended.lastError()).isEmpty();
      assertThat(engine.counters().failedIndexRebuilds()).isZero();
      assertThat(recipes(namespace, "vector")).isEqualTo(Map.of(FINE, 1, PLAIN, 2));
      int builds = tuned.builds();
      assertThat(reindex(namespace).segments()).isEqualTo(2);
      assertThat(tuned.builds()).isEqualTo(builds + 2);
      isWhole(engine, titles);
    }
  }

  private static void awaitEnd(Namespace namespace) {
    while (namespace.reindexStatus().orElseThrow().isGoingOn()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aProcessThatStopsLeavesWhatItHasDoneToTheNext() throws InterruptedException {
    Map<String, String> titles = fill();
    Gate third = Gate.inBuild(tuned, 3);
    try (Engine engine = open(TUNED)) {
      engine.namespace("ns").reindex(request(false, false));
      third.reached().await();
    }
    third.open().countDown();
    try (Engine engine = open(TUNED)) {
      Namespace namespace = engine.namespace("ns");
      assertThat(namespace.reindexStatus()).isEmpty();
      assertThat(reindex(namespace).segments()).isEqualTo(1);
      assertThat(recipes(namespace, "vector")).isEqualTo(Map.of(FINE, 3));
      isWhole(engine, titles);
    }
  }

  @Test
  void theSameWishJoinsAndAnotherOneIsRefused() throws InterruptedException, ExecutionException {
    fill();
    try (Engine engine = open(TUNED)) {
      Namespace namespace = engine.namespace("ns");
      Gate first = Gate.inBuild(tuned, 1);
      namespace.reindex(request(false, false));
      first.reached().await();
      CompletableFuture<ReindexStatus> joined =
          CompletableFuture.supplyAsync(() -> reindex(namespace));
      assertThatThrownBy(() -> namespace.reindex(named("plain")))
          .isInstanceOfSatisfying(
              ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT))
          .hasMessageContaining("'ns' is being reindexed with " + FINE)
          .hasMessageContaining("cancel it first");
      assertThatThrownBy(() -> namespace.reindex(request(true, false)))
          .isInstanceOf(ElacsymException.class);
      first.open().countDown();
      assertThat(joined.get().state()).isEqualTo(State.DONE);
      assertThat(tuned.builds()).isEqualTo(3);
    }
  }

  @Test
  void aMergeThatTakesTheSegmentsAwayIsNoError() throws InterruptedException {
    Map<String, String> titles = fill();
    try (Engine engine = open(Map.of())) {
      Namespace namespace = engine.namespace("ns");
      Gate second = Gate.inBuild(tuned, 2);
      namespace.reindex(
          new ReindexRequest(Optional.empty(), Optional.of(TunedVectorIndex.NAME), false, false));
      second.reached().await();
      namespace.compact();
      assertThat(namespace.stats().segments()).isEqualTo(1);
      second.open().countDown();
      awaitEnd(namespace);
      ReindexStatus status = namespace.reindexStatus().orElseThrow();
      assertThat(status.state()).isEqualTo(State.DONE);
      assertThat(status.lastError()).isEmpty();
      assertThat(recipes(namespace, "vector"))
          .as("the merged segment, in a second round")
          .isEqualTo(Map.of(FINE, 1));
      isWhole(engine, titles);
    }
  }

  @Test
  void aMergeGoesOnWithSegmentsThatGetOtherIndexesMeanwhile() throws InterruptedException {
    Map<String, String> titles = fill();
    try (Engine engine = open(TUNED)) {
      Namespace namespace = engine.namespace("ns");
      Gate merge = Gate.inBuild(tuned, 1);
      Thread compaction = Thread.ofVirtual().start(namespace::compact);
      merge.reached().await();
      namespace.write(TestEngine.delete(17));
      titles.remove("17");
      namespace.reindex(named(TunedVectorIndex.NAME));
      assertThat(namespace.stats().segments()).isEqualTo(3);
      merge.open().countDown();
      compaction.join();
      assertThat(namespace.stats().segments()).isEqualTo(1);
      assertThat(recipes(namespace, "vector")).isEqualTo(Map.of(FINE, 1));
      isWhole(engine, titles);
    }
  }

  @Test
  void aNamespaceThatIsDroppedMeanwhileEndsIt() throws InterruptedException {
    fill();
    try (Engine engine = open(TUNED)) {
      Namespace namespace = engine.namespace("ns");
      Gate second = Gate.inBuild(tuned, 2);
      CompletableFuture<Object> waiting =
          CompletableFuture.supplyAsync(() -> {
            try {
              return reindex(namespace).state();
            } catch (ElacsymException e) {
              return e.kind();
            }
          });
      second.reached().await();
      engine.drop("ns");
      second.open().countDown();
      assertThat(waiting.join()).isIn(State.CANCELLED, ErrorKind.NOT_FOUND);
      assertThatThrownBy(namespace::reindexStatus)
          .isInstanceOfSatisfying(
              ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
      engine.create("ns", TestEngine.schema());
      assertThat(namespace.reindexStatus()).as("of the new life").isEmpty();
    }
  }

  @Test
  void aStorageThatFailsIsToldAndWhatIsLeftIsDoneWhenAskedAgain() {
    Map<String, String> titles = fill();
    FaultyStorage faulty = new FaultyStorage(storage.attach(), FaultPlan.none());
    try (Engine engine = open(faulty, TUNED, tasks)) {
      Namespace namespace = engine.namespace("ns");
      faulty.follow(
          FaultPlan.on(
              request ->
                  request.operation() == Request.Operation.PUT
                      && request.name().contains("/indexes/"),
              Fault.Kind.UNAVAILABLE));
      namespace.reindex(request(false, false));
      tasks.runQueued();
      ReindexStatus failed = namespace.reindexStatus().orElseThrow();
      assertThat(failed.state()).isEqualTo(State.FAILED);
      assertThat(failed.segmentsDone()).isZero();
      assertThat(failed.lastError()).isPresent();
      assertThat(engine.counters().failedIndexRebuilds()).isPositive();
      faulty.follow(FaultPlan.none());
      isWhole(engine, titles);
      namespace.reindex(request(false, false));
      tasks.runQueued();
      assertThat(namespace.reindexStatus().orElseThrow().state()).isEqualTo(State.DONE);
      assertThat(recipes(namespace, "vector")).isEqualTo(Map.of(FINE, 3));
      isWhole(engine, titles);
    }
  }

  @Test
  void aSegmentThatFailsOnceIsDoneInALaterRoundAndDoesNotKeepTheOthersBack() {
    Map<String, String> titles = fill();
    FaultyStorage faulty = new FaultyStorage(storage.attach(), FaultPlan.none());
    try (Engine engine = open(faulty, TUNED, tasks)) {
      Namespace namespace = engine.namespace("ns");
      AtomicInteger builds = new AtomicInteger();
      tuned.beforeBuild(() -> {
        if (builds.incrementAndGet() == 2) {
          throw new ElacsymException(ErrorKind.OVERLOADED, "no room for that now");
        }
      });
      namespace.reindex(request(false, false));
      tasks.runQueued();
      ReindexStatus status = namespace.reindexStatus().orElseThrow();
      assertThat(status.state()).isEqualTo(State.DONE);
      assertThat(status.segmentsDone()).isEqualTo(3);
      assertThat(status.lastError()).hasValue("no room for that now");
      assertThat(builds).hasValue(4);
      isWhole(engine, titles);
    }
  }

  @Test
  void anotherProcessThatTakesOverMeanwhileIsTakenOverAgain() {
    Map<String, String> titles = fill();
    try (Engine rival = open(Map.of())) {
      HookedStorage hooked = new HookedStorage(storage.attach());
      try (Engine engine = open(hooked, TUNED, TaskRunner.virtualThreads())) {
        hooked.before(
            call -> call.startsWith("put ns/indexes/"),
            () ->
                rival
                    .namespace("ns")
                    .write(TestEngine.upsert(TestEngine.document(40, "of the rival"))));
        assertThat(reindex(engine.namespace("ns")).state()).isEqualTo(State.DONE);
        titles.put("40", "of the rival");
        isWhole(engine, titles);
        assertThat(recipes(rival.namespace("ns"), "vector")).isEqualTo(Map.of(FINE, 3));
        isWhole(rival, titles);
      }
    }
  }

  /** The second put of an index within a commit: the first is stored, and nothing names it yet. */
  private static Predicate<String> secondIndexPut() {
    AtomicInteger puts = new AtomicInteger();
    return call -> call.startsWith("put ns/indexes/") && puts.incrementAndGet() == 2;
  }

  private void passTwoGraces(ManualTasks whose) {
    for (int i = 0; i < 2; i++) {
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(11)));
      whose.tick();
    }
  }

  private void everyIndexIsThere() {
    List<String> named =
        manifest().segments().stream()
            .flatMap(segment -> segment.indexes().stream())
            .map(index -> "ns/" + index.blob().name())
            .toList();
    assertThat(indexObjects()).containsAll(named);
  }

  @Test
  void whatIsStoredAndWaitsForItsCommitIsNoOrphan() {
    Map<String, String> titles = fill();
    HookedStorage hooked = new HookedStorage(storage.attach());
    ManualTasks own = new ManualTasks();
    try (Engine engine = open(hooked, TUNED, own)) {
      Namespace namespace = engine.namespace("ns");
      namespace.write(TestEngine.delete(4));
      titles.remove("4");
      namespace.reindex(request(true, false));
      hooked.before(secondIndexPut(), () -> passTwoGraces(own));
      own.runQueued();
      assertThat(namespace.reindexStatus().orElseThrow().state()).isEqualTo(State.DONE);
      everyIndexIsThere();
      isWhole(engine, titles);
    }
  }

  @Test
  void theReaperOfAFormerWriterTakesNothingThatIsAboutToBeNamed() {
    Map<String, String> titles = fill();
    try (Engine rival = open(storage.attach(), Map.of(), tasks)) {
      rival.namespace("ns").write(TestEngine.delete(4));
      titles.remove("4");
      passTwoGraces(tasks);
      HookedStorage hooked = new HookedStorage(storage.attach());
      ManualTasks own = new ManualTasks();
      try (Engine engine = open(hooked, TUNED, own)) {
        Namespace namespace = engine.namespace("ns");
        namespace.reindex(request(true, false));
        hooked.before(secondIndexPut(), () -> passTwoGraces(tasks));
        own.runQueued();
        assertThat(namespace.reindexStatus().orElseThrow().state()).isEqualTo(State.DONE);
        everyIndexIsThere();
        isWhole(engine, titles);
      }
    }
  }

  @Test
  void formerIndexesAreGarbageAndDeletedAfterTheGrace() {
    Map<String, String> titles = fill();
    List<String> former = indexObjects().stream().filter(name -> name.endsWith(".plain")).toList();
    Map<String, String> settings = new TreeMap<>(TUNED);
    settings.putAll(Map.of("reaper.grace", "10m", "history.max_age", "10m"));
    try (Engine engine = open(storage.attach(), settings, tasks)) {
      Namespace namespace = engine.namespace("ns");
      namespace.reindex(request(false, false));
      tasks.runQueued();
      assertThat(indexObjects()).containsAll(former);
      for (int i = 0; i < 3; i++) {
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(11)));
        tasks.tick();
      }
      assertThat(indexObjects()).doesNotContainAnyElementsOf(former);
      isWhole(engine, titles);
    }
  }

  @Test
  void aLostIndexIsRebuiltAsConfiguredAndKnowsIt() {
    Map<String, String> titles = fill();
    storage
        .attach()
        .delete(indexObjects().stream().filter(name -> name.endsWith(".plain")).limit(1).toList());
    try (Engine engine = open(storage.attach(), TUNED, tasks)) {
      Namespace namespace = engine.namespace("ns");
      assertThat(nearest(namespace, 2)).containsExactly("2");
      tasks.runQueued();
      assertThat(recipes(namespace, "vector")).isEqualTo(Map.of(FINE, 1, PLAIN, 2));
      namespace.reindex(request(false, false));
      tasks.runQueued();
      assertThat(tuned.builds()).as("the lost one is not built twice").isEqualTo(3);
      isWhole(engine, titles);
    }
  }

  @Test
  void queriesAndWritesGoOnWhileIndexesAreExchanged() {
    fill();
    Seeded.run(random -> {
      try (Engine engine = open(Map.of("write.flush_rows", "16"))) {
        Namespace namespace = engine.namespace("ns");
        Map<String, String> expected = new TreeMap<>(PastTest.titles(namespace));
        AtomicBoolean over = new AtomicBoolean();
        List<Throwable> failures = new ArrayList<>();
        Thread reader =
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    while (!over.get()) {
                      assertThat(nearest(namespace, 15)).containsExactly("15");
                    }
                  } catch (Throwable e) {
                    synchronized (failures) {
                      failures.add(e);
                    }
                  }
                });
        Thread exchanger =
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    for (int round = 0; round < 6; round++) {
                      namespace.reindex(named(round % 2 == 0 ? TunedVectorIndex.NAME : "plain"));
                    }
                  } catch (Throwable e) {
                    synchronized (failures) {
                      failures.add(e);
                    }
                  } finally {
                    over.set(true);
                  }
                });
        while (!over.get()) {
          int id = 100 + random.nextInt(50);
          if (random.nextInt(3) == 0) {
            namespace.write(TestEngine.delete(id));
            expected.remove(Integer.toString(id));
          } else {
            String title = "title " + random.nextInt();
            namespace.write(TestEngine.upsert(TestEngine.document(id, title)));
            expected.put(Integer.toString(id), title);
          }
        }
        join(reader);
        join(exchanger);
        assertThat(failures).isEmpty();
        isWhole(engine, expected);
      }
    });
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
