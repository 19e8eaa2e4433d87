package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageCapabilities;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.QueryCost;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.settings.TaskRunner;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.fault.ForwardingStorage;
import io.elacsym.tck.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine asks its storage for, and what it finds in its caches instead. */
final class CachesTest {
  private static final Optional<Filter> EVEN =
      Optional.of(
          new Filter.And(
              List.of(
                  Filter.of("year", Operator.EQUAL, new Value.Int(2)),
                  Filter.of("tags", Operator.CONTAINS_ANY, List.of(new Value.Text("even"))))));

  @TempDir Path folder;

  private final MemoryStorage bucket = new MemoryStorage();

  /** What the storage was asked for since {@link #open}, or since it was cleared. */
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void twoSegmentsWithDeletesAndNothingInTheWal() {
    try (Engine engine = TestEngine.open(bucket.attach())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int from = 0; from < 2_000; from += 1_000) {
        Document[] documents = new Document[1_000];
        for (int i = 0; i < documents.length; i++) {
          documents[i] = document(from + i);
        }
        namespace.write(TestEngine.upsert(documents));
        namespace.flush();
      }
      namespace.write(TestEngine.delete(3));
      namespace.write(TestEngine.delete(1_003));
      namespace.flush();
    }
  }

  private static Document document(int i) {
    return TestEngine.document(
        i,
        i,
        0,
        Map.of(
            "title", Value.of("title " + i),
            "body", Value.of("body of " + i % 10),
            "year", Value.of(i % 4L),
            "tags", new Value.Array(List.of(new Value.Text(i % 2 == 0 ? "even" : "odd")))));
  }

  private FaultyStorage counting(MemoryStorage storage) {
    requests.clear();
    return new FaultyStorage(
        storage,
        request -> {
          requests.add(request.operation() + " " + request.name());
          return Fault.none();
        });
  }

  private Engine open(String... more) {
    Map<String, String> settings =
        more.length == 0
            ? Map.of()
            : Map.of("cache.disk_size", "64MB", "cache.disk_path", folder.toString());
    Engine engine = TestEngine.open(counting(bucket.attach()), settings, atOnce());
    requests.clear();
    return engine;
  }

  private Engine openWithDisk() {
    return open("disk");
  }

  /** Background work that is done at once, but for the ticks. */
  private static Seams atOnce() {
    Seams real = Seams.real();
    TaskRunner tasks =
        new TaskRunner() {
          @Override
          public void start(String name, Runnable task) {
            if (!name.equals("elacsym-ticks")) {
              task.run();
            }
          }

          @Override
          public void sleep(Duration time) {}
        };
    return new Seams(real.clock(), real.ids(), 1, tasks);
  }

  private static Ranking hybrid() {
    return new Ranking.Fusion(
        List.of(
            new Ranking.WeightedClause(TestEngine.nearest(10, 0), 1),
            new Ranking.WeightedClause(TestEngine.text("12", "title", "body"), 1)),
        new Ranking.Method.ReciprocalRank(60),
        100);
  }

  private static final List<QueryRequest> QUERIES =
      List.of(
          TestEngine.query(TestEngine.nearest(1_010, 0), Optional.empty(), 3),
          TestEngine.query(TestEngine.nearest(10, 0), EVEN, 3),
          TestEngine.query(TestEngine.text("17", "title"), Optional.empty(), 3),
          TestEngine.query(TestEngine.text("body 4", "title", "body"), EVEN, 3),
          TestEngine.query(hybrid(), EVEN, 5),
          TestEngine.query(new Ranking.IdOrder(), EVEN, 3));

  private static List<String> ids(QueryResult result) {
    return result.hits().stream().map(Hit::document).map(d -> d.id() + "").toList();
  }

  /** The answers of an engine without any cache to speak of. */
  private List<List<String>> rightAnswers() {
    try (Engine engine =
        TestEngine.open(bucket.attach(), Map.of("cache.memory_size", "1"), atOnce())) {
      return QUERIES.stream().map(query -> ids(engine.query("ns", query))).toList();
    }
  }

  private List<String> requestsFor(String part) {
    return requests.stream().filter(request -> request.contains(part)).toList();
  }

  @Test
  void theFirstQueryOpensItsNamespaceInTwoWavesAndAsksForNothingTwice() {
    for (QueryRequest query : QUERIES) {
      try (Engine engine = open()) {
        QueryCost cost = engine.query("ns", query).cost();
        assertThat(cost.openWaves()).as("manifest, then everything else").isEqualTo(2);
        assertThat(requests).as("%s", query).doesNotHaveDuplicates();
        assertThat(requestsFor("manifest.json")).hasSize(1);
        assertThat(requestsFor("LIST")).hasSize(1);
        assertThat(cost.requests()).isEqualTo(requests.size());
        assertThat(cost.waves()).as("small blobs come whole with their ends").isEqualTo(2);
      }
    }
  }

  @Test
  void onlyTheIndexesThatTheQueryUsesAreRead() {
    try (Engine engine = open()) {
      engine.query("ns", QUERIES.getFirst());
      assertThat(requestsFor("/indexes/"))
          .hasSize(2)
          .allSatisfy(request -> assertThat(request).contains(TestEngine.indexName("vector")));
      requests.clear();
      QueryCost cost = engine.query("ns", QUERIES.get(4)).cost();
      assertThat(requestsFor("/indexes/"))
          .as("two texts and two attributes, of two segments")
          .hasSize(8);
      assertThat(cost.openWaves()).isZero();
      assertThat(cost.waves())
          .as("the manifest, the WAL of whoever writes, then all indexes side by side")
          .isEqualTo(3);
    }
  }

  @Test
  void aSecondQueryAsksOnlyWhetherSomethingWasWritten() {
    try (Engine engine = open()) {
      for (QueryRequest query : QUERIES) {
        engine.query("ns", query);
      }
      for (QueryRequest query : QUERIES) {
        requests.clear();
        QueryCost cost = engine.query("ns", query).cost();
        assertThat(requests).hasSize(2).first().isEqualTo("GET ns/manifest.json");
        assertThat(requests).last().asString().startsWith("GET ns/wal/00000000000000000006-");
        assertThat(cost.requests()).isEqualTo(2);
        assertThat(cost.bytes()).isZero();
      }
    }
  }

  @Test
  void afterWarmingNoQueryReadsABlob() {
    try (Engine engine = open()) {
      Namespace namespace = engine.namespace("ns");
      long bytes = namespace.warm();
      assertThat(bytes).isPositive();
      assertThat(namespace.warm()).as("the same is warm").isEqualTo(bytes);
      requests.clear();
      for (QueryRequest query : QUERIES) {
        assertThat(namespace.query(query).cost().bytes()).isZero();
      }
      assertThat(requests).allMatch(r -> r.contains("manifest.json") || r.contains("/wal/"));
    }
  }

  @Test
  void aRestartWithAWarmDiskAsksOnlyForTheManifestAndTheWal() {
    List<List<String>> right = rightAnswers();
    try (Engine engine = openWithDisk()) {
      for (int i = 0; i < QUERIES.size(); i++) {
        QueryRequest query = QUERIES.get(i);
        assertThat(ids(engine.query("ns", query))).isEqualTo(right.get(i));
      }
      assertThat(engine.diskCache().bytes()).isPositive();
    }
    for (int i = 0; i < QUERIES.size(); i++) {
      QueryRequest query = QUERIES.get(i);
      try (Engine engine = openWithDisk()) {
        QueryResult result = engine.query("ns", query);
        assertThat(ids(result)).isEqualTo(right.get(i));
        assertThat(requests).containsExactly("GET ns/manifest.json", "LIST ns/wal/");
        assertThat(result.cost().waves()).isEqualTo(2);
        assertThat(result.cost().diskHits()).isPositive();
        assertThat(engine.diskCache().hitRate()).isEqualTo(1);
      }
    }
  }

  @Test
  void warmingFillsTheDiskForTheNextStart() {
    try (Engine engine = openWithDisk()) {
      engine.namespace("ns").warm();
    }
    try (Engine engine = openWithDisk()) {
      for (QueryRequest query : QUERIES) {
        engine.query("ns", query);
      }
      assertThat(requests).allMatch(r -> r.contains("manifest.json") || r.contains("/wal"));
    }
  }

  @Test
  void whateverHappensToTheDiskAnswersStayRight() throws IOException {
    List<List<String>> right = rightAnswers();
    for (int round = 0; round < 12; round++) {
      try (Engine engine = openWithDisk()) {
        for (int i = 0; i < QUERIES.size(); i++) {
          QueryRequest query = QUERIES.get(i);
          assertThat(ids(engine.query("ns", query))).as("round %s", round).isEqualTo(right.get(i));
          if (round % 4 == 3 && i == 2) {
            deleteAll();
          }
        }
      }
      spoil(round);
    }
  }

  private void deleteAll() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder)) {
          Files.delete(path);
        }
      }
    }
  }

  /** Turns bits, cuts files short, mixes files up, deletes some, by turns. */
  private void spoil(int round) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(f -> Files.isRegularFile(f) && !f.endsWith("lock")).toList();
    }
    byte[] other = Files.readAllBytes(files.getFirst());
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      byte[] bytes = Files.readAllBytes(file);
      switch ((round + i) % 5) {
        case 0 -> {
          bytes[4096 + (i * 37) % (bytes.length - 4096)] ^= 4;
          Files.write(file, bytes);
        }
        case 1 -> Files.write(file, Arrays.copyOf(bytes, bytes.length - 1 - i));
        case 2 -> Files.delete(file);
        case 3 -> Files.write(file, other);
        default -> {
          // Left as it is.
        }
      }
    }
  }

  /** Otherwise a damaged index would keep its namespace from opening. */
  @Test
  void aMissingIndexDoesNotKeepTheFirstQueryFromItsAnswer() {
    List<List<String>> right = rightAnswers();
    MemoryStorage raw = bucket.attach();
    raw.delete(
        raw.list("ns/indexes/", "", 100).stream()
            .map(ObjectInfo::name)
            .filter(name ->
                name.contains(TestEngine.indexName("vector"))
                    || name.contains(TestEngine.indexName("year")))
            .toList());
    try (Engine engine = openWithDisk()) {
      assertThat(ids(engine.query("ns", QUERIES.get(1)))).isEqualTo(right.get(1));
      assertThat(engine.counters().lostIndexes()).isEqualTo(4);
    }
  }

  @Test
  void storageThatDoesNotAnswerFailsTheFirstQueryAndTheNextTriesAgain() {
    FaultyStorage storage = new FaultyStorage(bucket.attach(), FaultPlan.none());
    try (Engine engine = TestEngine.open(storage)) {
      String rows = "." + FormatUnderTest.provider().extension();
      for (String part :
          List.of("manifest", "/wal/", ".envelope", rows, TestEngine.indexName("vector"))) {
        storage.follow(
            FaultPlan.on(request -> request.name().contains(part), Fault.Kind.UNAVAILABLE));
        assertThatThrownBy(() -> engine.query("ns", QUERIES.get(1)))
            .as(part)
            .isInstanceOf(ElacsymException.class)
            .hasMessageContaining("cannot be reached");
      }
      storage.follow(FaultPlan.none());
      assertThat(engine.query("ns", QUERIES.get(1)).hits()).hasSize(3);
    }
  }

  @Test
  void aRequestThatIsWrongIsRefusedBeforeAnythingIsOpened() {
    try (Engine engine = open()) {
      for (QueryRequest wrong :
          List.of(
              TestEngine.query(Ranking.Nearest.of("nope", new float[] {1, 2}), Optional.empty(), 3),
              TestEngine.query(
                  new Ranking.IdOrder(),
                  Optional.of(Filter.of("nope", Operator.EQUAL, Value.of(1))),
                  3))) {
        assertThatThrownBy(() -> engine.query("ns", wrong)).hasMessageContaining("'nope'");
      }
      assertThat(requests).containsExactly("GET ns/manifest.json", "GET ns/manifest.json");
      assertThat(engine.query("ns", QUERIES.getFirst()).hits()).hasSize(3);
      assertThatThrownBy(() -> engine.query("other", QUERIES.getFirst()))
          .hasMessageContaining("does not exist");
    }
  }

  @Test
  void whatOpenSegmentsHoldIsCountedUntilTheyAreClosed() {
    try (Engine engine = open()) {
      assertThat(engine.heldBytes()).isZero();
      for (QueryRequest query : QUERIES) {
        engine.query("ns", query);
      }
      long held = engine.heldBytes();
      assertThat(held).isPositive();
      assertThat(engine.namespace("ns").stats().heldBytes()).isEqualTo(held);
      engine.namespace("ns").compact();
      assertThat(engine.heldBytes())
          .as("the segments that were merged are closed")
          .isEqualTo(engine.namespace("ns").stats().heldBytes());
      engine.drop("ns");
      assertThat(engine.heldBytes()).isZero();
    }
  }

  @Test
  void whatCompactionReadsIsNotKept() {
    try (Engine engine = openWithDisk()) {
      engine.namespace("ns");
      long memory = engine.memoryCache().bytes();
      engine.namespace("ns").compact();
      assertThat(engine.namespace("ns").stats().segments()).isEqualTo(1);
      assertThat(engine.memoryCache().bytes()).isEqualTo(memory);
    }
  }

  @Test
  void dataThatLiesOnThisMachineIsNotCopiedToItsDiskOnceMore() throws IOException {
    Storage local = new LockedFolder(bucket.attach());
    Map<String, String> settings =
        Map.of("cache.disk_size", "64MB", "cache.disk_path", folder.toString());
    try (Engine engine = TestEngine.open(local, settings, atOnce())) {
      for (QueryRequest query : QUERIES) {
        engine.query("ns", query);
      }
      assertThat(engine.diskCache().bytes()).isZero();
      assertThat(folder).isEmptyDirectory();
    }
  }

  /** A storage that only this process uses, as a folder is. */
  private static final class LockedFolder extends ForwardingStorage {
    LockedFolder(Storage inner) {
      super(inner);
    }

    @Override
    public StorageCapabilities capabilities() {
      return new StorageCapabilities(Long.MAX_VALUE, false);
    }
  }

  @Test
  void bytesOfFlushesAndCompactionsAreCountedApart() {
    try (Engine engine = TestEngine.open(bucket.attach())) {
      Namespace namespace = engine.namespace("ns");
      namespace.write(TestEngine.upsert(document(5_000)));
      namespace.write(TestEngine.delete(7));
      namespace.flush();
      long flushed = engine.counters().flushBytes();
      assertThat(flushed).isPositive().isEqualTo(engine.counters().blobBytes());
      assertThat(engine.counters().compactionBytes()).isZero();
      namespace.compact();
      assertThat(engine.counters().flushBytes()).isEqualTo(flushed);
      assertThat(engine.counters().compactionBytes())
          .isPositive()
          .isEqualTo(engine.counters().blobBytes() - flushed);
    }
  }
}
