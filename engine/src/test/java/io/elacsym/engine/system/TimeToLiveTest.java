package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Aggregate;
import io.elacsym.engine.model.Aggregated;
import io.elacsym.engine.model.Aggregation;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.NamespaceStats;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.SchemaChange;
import io.elacsym.engine.model.TimeToLive;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteConditions;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.engine.system.HookedStorage.Stall;
import io.elacsym.tck.memory.MemoryStorage;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that expire are gone at once for every request, and some time later from storage. */
final class TimeToLiveTest {
  private static final Duration AFTER = Duration.ofMinutes(5);
  private static final int IDS = 20;

  private final Processes processes = new Processes();
  private final MemoryStorage storage = new MemoryStorage(processes.clock());

  @AfterEach
  void stop() {
    processes.stopAll();
  }

  private static Schema schema(Optional<TimeToLive> ttl) {
    SequencedMap<String, Attribute> attributes =
        new LinkedHashMap<>(TestEngine.schema().attributes());
    attributes.put("seen", Attribute.indexed(AttributeType.DATETIME));
    return new Schema(TestEngine.schema().vectors(), attributes, ttl);
  }

  private static Optional<TimeToLive> ttl(boolean onWrite) {
    return Optional.of(new TimeToLive("seen", AFTER, onWrite));
  }

  private Instant now() {
    return processes.clock().instant();
  }

  private static Value at(Instant time) {
    return new Value.DateTime(time.toEpochMilli());
  }

  /** What is to be found, by id: when each was seen. */
  private final Map<DocId, Optional<Instant>> model = new TreeMap<>();

  private boolean isExpired(Optional<Instant> seen) {
    return seen.filter(time -> !now().isBefore(time.plus(AFTER))).isPresent();
  }

  private Set<DocId> alive() {
    Set<DocId> alive = new HashSet<>();
    model.forEach((id, seen) -> {
      if (!isExpired(seen)) {
        alive.add(id);
      }
    });
    return alive;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void everyRequestFindsWhatIsNotExpired(long seed) {
    Random random = new Random(seed);
    Engine writer = processes.start(storage.attach());
    Engine reader = processes.start(storage.attach());
    writer.create("ns", schema(ttl(false)));
    for (int step = 0; step < 120; step++) {
      try {
        Namespace namespace = writer.namespace("ns");
        switch (random.nextInt(10)) {
          case 0 -> namespace.flush();
          case 1 -> namespace.compact();
          case 2, 3 -> processes.pass(Duration.ofSeconds(random.nextInt(400)));
          default -> write(namespace, random);
        }
        check(writer.namespace("ns"), random);
        check(reader.namespace("ns"), random);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", step " + step, e);
      }
    }
  }

  private void write(Namespace namespace, Random random) {
    DocId id = DocId.of(random.nextInt(IDS));
    boolean there = alive().contains(id);
    switch (random.nextInt(6)) {
      case 0 -> {
        WriteResult result =
            namespace.write(
                new WriteRequest(
                    List.of(new WriteOp.Patch(id, Map.of(), Map.of("year", Value.of(1L))))));
        assertThat(result.patched().count()).isEqualTo(there ? 1 : 0);
        assertThat(result.missing().count()).isEqualTo(there ? 0 : 1);
      }
      case 1 -> {
        WriteResult result = namespace.write(new WriteRequest(List.of(new WriteOp.Delete(id))));
        assertThat(result.deleted().count()).isEqualTo(there ? 1 : 0);
        model.remove(id);
      }
      case 2 -> {
        // Of those that are there, which the condition forbids, nothing is stored anew.
        Optional<Instant> seen = seen(random);
        WriteResult result =
            namespace.write(
                new WriteRequest(
                    List.of(new WriteOp.Upsert(document(id, seen))),
                    new WriteConditions(
                        Optional.of(Filter.of("id", Operator.EXISTS, new Value.Bool(false))),
                        Optional.empty(),
                        Optional.empty(),
                        true),
                    false));
        assertThat(result.refused().count()).isEqualTo(there ? 1 : 0);
        if (!there) {
          model.put(id, seen);
        }
      }
      case 3 -> {
        Filter all = Filter.of("title", Operator.EXISTS, new Value.Bool(true));
        WriteResult result =
            namespace.write(
                new WriteRequest(
                    List.of(new WriteOp.PatchMatching(all, Map.of("year", Value.of(2L))))));
        assertThat(result.patched().count()).isEqualTo(alive().size());
      }
      default -> {
        List<WriteOp> ops = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          DocId other = DocId.of(random.nextInt(IDS));
          Optional<Instant> seen = seen(random);
          ops.add(new WriteOp.Upsert(document(other, seen)));
          model.put(other, seen);
        }
        namespace.write(new WriteRequest(ops));
      }
    }
  }

  private Optional<Instant> seen(Random random) {
    return random.nextInt(4) == 0
        ? Optional.empty()
        : Optional.of(now().minusSeconds(random.nextInt(400)));
  }

  private static Document document(DocId id, Optional<Instant> seen) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    attributes.put("title", Value.of("sea otter " + id));
    seen.ifPresent(time -> attributes.put("seen", at(time)));
    return new Document(id, Map.of(Schema.VECTOR, new float[] {1, 2}), attributes);
  }

  private void check(Namespace namespace, Random random) {
    Set<DocId> alive = alive();
    assertThat(ids(scan(namespace, Optional.empty()))).isEqualTo(alive);
    Filter titled = Filter.of("title", Operator.EXISTS, new Value.Bool(true));
    assertThat(ids(scan(namespace, Optional.of(titled)))).isEqualTo(alive);
    Set<DocId> near = new HashSet<>();
    namespace
        .query(TestEngine.query(TestEngine.nearest(1, 2), Optional.empty(), 100))
        .hits()
        .forEach(hit -> near.add(hit.document().id()));
    assertThat(near).isEqualTo(alive);
    // As many have the word as there are documents, so the score tells what was counted.
    double expected = Math.log(1 + 0.5 / (alive.size() + 0.5));
    Set<DocId> texts = new HashSet<>();
    namespace
        .query(TestEngine.query(TestEngine.text("otter", "title"), Optional.empty(), 100))
        .hits()
        .forEach(hit -> {
          texts.add(hit.document().id());
          assertThat(hit.score()).isBetween(expected / 2.21, expected);
        });
    assertThat(texts).isEqualTo(alive);
    DocId any = DocId.of(random.nextInt(IDS));
    assertThat(namespace.get(any, Projection.IDS).isPresent()).isEqualTo(alive.contains(any));
    assertThat(namespace.stats().documents()).isEqualTo(alive.size());
    checkAggregates(namespace, alive);
  }

  private void checkAggregates(Namespace namespace, Set<DocId> alive) {
    SequencedMap<String, Aggregate> wanted = new LinkedHashMap<>();
    wanted.put("count", new Aggregate.Count());
    wanted.put("first", new Aggregate.OfValues(Aggregate.Function.MIN, "seen"));
    Map<String, Aggregated.Outcome> found =
        namespace
            .query(
                QueryRequest.of(new Ranking.IdOrder())
                    .withTopK(0)
                    .withAggregation(
                        new Aggregation(wanted, new LinkedHashMap<>(), Optional.empty())))
            .aggregated()
            .orElseThrow()
            .aggregates();
    Optional<Instant> first =
        model.entrySet().stream()
            .filter(entry -> alive.contains(entry.getKey()))
            .flatMap(entry -> entry.getValue().stream())
            .min(Instant::compareTo);
    assertThat(found)
        .containsEntry("count", new Aggregated.Whole(BigInteger.valueOf(alive.size())))
        .containsEntry(
            "first",
            first
                .<Aggregated.Outcome>map(
                    time -> new Aggregated.Single(new Value.DateTime(time.toEpochMilli())))
                .orElseGet(Aggregated.Nothing::new));
  }

  private static List<Document> scan(Namespace namespace, Optional<Filter> filter) {
    return namespace
        .scan(new ScanRequest(filter, Optional.empty(), 100, Projection.IDS, Consistency.STRONG))
        .documents();
  }

  private static Set<DocId> ids(List<Document> documents) {
    Set<DocId> ids = new HashSet<>();
    documents.forEach(document -> ids.add(document.id()));
    return ids;
  }

  @Test
  void whatIsExpiredForAGraceIsReclaimedAndNothingElse() {
    Engine engine = processes.start(storage.attach());
    Namespace namespace = engine.create("ns", schema(ttl(false)));
    List<WriteOp> ops = new ArrayList<>();
    for (int id = 0; id < 10; id++) {
      Instant seen = id < 6 ? now() : now().plusSeconds(3_600);
      ops.add(new WriteOp.Upsert(document(DocId.of(id), Optional.of(seen))));
    }
    namespace.write(new WriteRequest(ops));
    namespace.flush();
    processes.pass(AFTER);
    NamespaceStats expired = namespace.stats();
    assertThat(expired.documents()).isEqualTo(4);
    assertThat(expired.expiredDocuments()).isEqualTo(6);
    namespace.compact();
    assertThat(namespace.stats().expiredDocuments()).as("a clock may be fast").isEqualTo(6);
    processes.pass(Duration.ofMinutes(11));
    namespace.compact();
    NamespaceStats reclaimed = namespace.stats();
    assertThat(reclaimed.expiredDocuments()).isZero();
    assertThat(reclaimed.segmentRows()).isEqualTo(4);
    assertThat(scan(namespace, Optional.empty())).hasSize(4);
    // A flush leaves them out, too.
    namespace.write(
        new WriteRequest(
            List.of(
                new WriteOp.Upsert(
                    document(DocId.of(77), Optional.of(now().minusSeconds(3_600)))))));
    assertThat(namespace.stats().expiredDocuments()).isEqualTo(1);
    namespace.flush();
    assertThat(namespace.stats().segmentRows()).isEqualTo(4);
    processes.pass(Duration.ofHours(2));
    namespace.compact();
    assertThat(namespace.stats().segments()).isZero();
    assertThat(engine.verify("ns", bytes -> {}).damaged()).isFalse();
  }

  @Test
  void theBackgroundMergesASegmentOfWhichMuchHasExpired() {
    Engine engine =
        processes.start(
            storage.attach(),
            Map.of("compaction.enabled", "true", "compaction.interval_secs", "60"));
    Namespace namespace = engine.create("ns", schema(ttl(false)));
    for (int id = 0; id < 10; id++) {
      Optional<Instant> seen = id < 6 ? Optional.of(now()) : Optional.empty();
      namespace.write(new WriteRequest(List.of(new WriteOp.Upsert(document(DocId.of(id), seen)))));
    }
    namespace.flush();
    processes.pass(AFTER.plusMinutes(11));
    processes.work(engine);
    assertThat(namespace.stats().segmentRows()).isEqualTo(4);
  }

  @Test
  void aWriteSetsTheTimeItIsMadeAtIfTheNamespaceSaysSo() {
    Engine engine = processes.start(storage.attach());
    Namespace namespace = engine.create("ns", schema(ttl(true)));
    namespace.write(
        new WriteRequest(
            List.of(
                new WriteOp.Upsert(document(DocId.of(1), Optional.empty())),
                new WriteOp.Upsert(document(DocId.of(2), Optional.empty())),
                new WriteOp.Upsert(document(DocId.of(3), Optional.of(now().plusSeconds(999)))))));
    processes.pass(Duration.ofMinutes(4));
    namespace.write(
        new WriteRequest(
            List.of(new WriteOp.Patch(DocId.of(2), Map.of(), Map.of("year", Value.of(7L))))));
    processes.pass(Duration.ofMinutes(4));
    assertThat(ids(scan(namespace, Optional.empty()))).isEqualTo(Set.of(DocId.of(2), DocId.of(3)));
    namespace.write(
        new WriteRequest(
            List.of(
                new WriteOp.Patch(
                    DocId.of(2), Map.of(), Map.<String, Given>of("seen", Given.Other.NULL)))));
    processes.pass(Duration.ofDays(1));
    assertThat(ids(scan(namespace, Optional.empty()))).as("never").isEqualTo(Set.of(DocId.of(2)));
  }

  @Test
  void itCanBeGivenChangedAndTakenAway() {
    Engine engine = processes.start(storage.attach());
    Namespace namespace = engine.create("ns", schema(Optional.empty()));
    namespace.write(
        new WriteRequest(
            List.of(
                new WriteOp.Upsert(document(DocId.of(1), Optional.of(now().minusSeconds(600)))))));
    namespace.flush();
    assertThat(scan(namespace, Optional.empty())).hasSize(1);
    namespace.changeSchema(new SchemaChange(Map.of(), ttl(false), false));
    assertThat(scan(namespace, Optional.empty())).isEmpty();
    namespace.changeSchema(
        new SchemaChange(
            Map.of(), Optional.of(new TimeToLive("seen", Duration.ofHours(1), false)), false));
    assertThat(scan(namespace, Optional.empty())).hasSize(1);
    namespace.changeSchema(new SchemaChange(Map.of(), ttl(false), false));
    assertThat(scan(namespace, Optional.empty())).isEmpty();
    Engine other = processes.start(storage.attach());
    assertThat(scan(other.namespace("ns"), Optional.empty())).isEmpty();
    namespace.changeSchema(new SchemaChange(Map.of(), Optional.empty(), true));
    assertThat(scan(other.namespace("ns"), Optional.empty())).hasSize(1);
    assertThatThrownBy(() ->
            namespace.changeSchema(
                new SchemaChange(
                    Map.of(), Optional.of(new TimeToLive("year", AFTER, false)), false)))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("expected an attribute of type datetime that is indexed");
  }

  /**
   * A flush and a merge leave out what is expired. When the end of life is taken away meanwhile,
   * those documents are there again, so what was built without them must not be committed.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsBuiltByAnEarlierTimeToLiveLosesNothing(boolean merge) throws InterruptedException {
    HookedStorage hooked = new HookedStorage(storage.attach());
    Engine engine = processes.start(hooked);
    Namespace namespace = engine.create("ns", schema(ttl(false)));
    for (int id = 0; id < 4; id++) {
      Optional<Instant> seen = id < 2 ? Optional.of(now()) : Optional.empty();
      namespace.write(new WriteRequest(List.of(new WriteOp.Upsert(document(DocId.of(id), seen)))));
      if (merge) {
        namespace.flush();
      }
    }
    processes.pass(AFTER.plusMinutes(11));
    assertThat(scan(namespace, Optional.empty())).hasSize(2);
    Stall stall = hooked.stall(call -> call.startsWith("put ns/segments/"));
    Thread builder =
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (merge) {
                  namespace.compact();
                } else {
                  namespace.flush();
                }
              } catch (ElacsymException e) {
                assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
              }
            });
    stall.awaitReached();
    namespace.changeSchema(new SchemaChange(Map.of(), Optional.empty(), true));
    stall.end();
    builder.join();
    assertThat(scan(namespace, Optional.empty())).hasSize(4);
    assertThat(scan(processes.start(storage.attach()).namespace("ns"), Optional.empty()))
        .hasSize(4);
    namespace.flush();
    namespace.compact();
    assertThat(namespace.stats().segmentRows()).isEqualTo(4);
  }

  @Test
  void aBranchAndARestoredVersionExpireByTheClockOfNow() {
    Engine engine = processes.start(storage.attach());
    Namespace namespace = engine.create("ns", schema(ttl(false)));
    namespace.write(
        new WriteRequest(
            List.of(
                new WriteOp.Upsert(document(DocId.of(1), Optional.of(now()))),
                new WriteOp.Upsert(document(DocId.of(2), Optional.empty())))));
    namespace.flush();
    long version = namespace.stats().manifestVersion();
    engine.branch("ns", "trial", Optional.empty());
    assertThat(scan(engine.namespace("trial"), Optional.empty())).hasSize(2);
    processes.pass(Duration.ofMinutes(6));
    assertThat(ids(scan(engine.namespace("trial"), Optional.empty())))
        .isEqualTo(Set.of(DocId.of(2)));
    namespace.write(TestEngine.delete(2));
    namespace.flush();
    assertThat(scan(namespace, Optional.empty())).isEmpty();
    engine.restore("ns", version);
    assertThat(ids(scan(engine.namespace("ns"), Optional.empty()))).isEqualTo(Set.of(DocId.of(2)));
  }
}
