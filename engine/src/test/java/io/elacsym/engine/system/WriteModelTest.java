package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Affected;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteConditions;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Patches, conditional writes and changes by filter against a map: what is stored, what is counted
 * and which documents are named.
 */
final class WriteModelTest {
  private static final int STEPS = 150;
  private static final int IDS = 25;

  /** A condition, and what it means; the map is what the change brings. */
  private record Condition(Filter filter, BiPredicate<Document, Map<String, Value>> holds) {}

  private final Map<DocId, Document> model = new TreeMap<>();
  private final MemoryStorage storage = new MemoryStorage();
  private Random random = new Random();

  private static Schema schema() {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("rev", Attribute.of(AttributeType.INT));
    attributes.put("year", Attribute.indexed(AttributeType.INT));
    attributes.put("tags", Attribute.indexed(AttributeType.arrayOf(ElementType.STRING)));
    attributes.put("title", Attribute.of(AttributeType.STRING));
    return new Schema(List.of(), attributes);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyWriteDoesAndTellsWhatTheModelDoes(long seed) {
    random = new Random(seed);
    Engine engine = TestEngine.open(storage);
    Namespace namespace = engine.create("ns", schema());
    for (int step = 0; step < STEPS; step++) {
      try {
        WriteRequest request = request();
        WriteResult result = namespace.write(request);
        Expected expected = new Expected();
        request.operations().forEach(op -> apply(op, request.conditions(), expected));
        expected.check(result, request.returnsIds());
        assertThat(contents(namespace)).isEqualTo(model);
        switch (random.nextInt(12)) {
          case 0 -> namespace.flush();
          case 1 -> namespace.compact();
          case 2 -> {
            engine.close();
            engine = TestEngine.open(storage.attach());
            namespace = engine.namespace("ns");
            assertThat(contents(namespace)).as("replayed").isEqualTo(model);
          }
          default -> {
            // Most writes meet a live buffer.
          }
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", step " + step, e);
      }
    }
    engine.close();
  }

  private static Map<DocId, Document> contents(Namespace namespace) {
    Map<DocId, Document> found = new TreeMap<>();
    namespace
        .scan(
            new ScanRequest(
                Optional.empty(), Optional.empty(), 1_000, Projection.ALL, Consistency.STRONG))
        .documents()
        .forEach(document -> found.put(document.id(), document));
    return found;
  }

  private final Map<Filter, Condition> conditions = new HashMap<>();

  private Optional<Filter> condition() {
    if (random.nextInt(3) == 0) {
      return Optional.empty();
    }
    Condition condition = condition(2);
    conditions.put(condition.filter(), condition);
    return Optional.of(condition.filter());
  }

  private Condition condition(int depth) {
    return switch (random.nextInt(depth == 0 ? 8 : 11)) {
      case 0 ->
          incoming("rev", Operator.LESS, (a, b) -> a.isPresent() && b.isPresent() && less(a, b));
      case 1 -> incoming("rev", Operator.EQUAL, Optional::equals);
      case 2 -> incoming("rev", Operator.NOT_EQUAL, (a, b) -> !a.equals(b));
      case 3 ->
          incoming(
              "tags",
              Operator.CONTAINS_ANY,
              (a, b) -> a.isPresent() && b.isPresent() && meet(a.get(), b.get()));
      case 4 ->
          new Condition(Filter.of("id", Operator.EXISTS, new Value.Bool(false)), (d, i) -> false);
      case 5 -> {
        Value year = Value.of((long) random.nextInt(6));
        yield new Condition(
            Filter.of("year", Operator.GREATER_OR_EQUAL, year),
            (document, i) -> {
              Optional<Value> found = Optional.ofNullable(document.attributes().get("year"));
              return found.isPresent() && !less(found, Optional.of(year));
            });
      }
      case 6 ->
          new Condition(
              Filter.of("title", Operator.EXISTS, new Value.Bool(false)),
              (document, i) -> !document.attributes().containsKey("title"));
      case 7 ->
          incoming(
              "year", Operator.GREATER, (a, b) -> a.isPresent() && b.isPresent() && less(b, a));
      case 8 -> {
        Condition part = condition(depth - 1);
        yield new Condition(new Filter.Not(part.filter()), part.holds().negate());
      }
      case 9 -> {
        Condition a = condition(depth - 1);
        Condition b = condition(depth - 1);
        yield new Condition(
            new Filter.And(List.of(a.filter(), b.filter())), a.holds().and(b.holds()));
      }
      default -> {
        Condition a = condition(depth - 1);
        Condition b = condition(depth - 1);
        yield new Condition(
            new Filter.Or(List.of(a.filter(), b.filter())), a.holds().or(b.holds()));
      }
    };
  }

  private static Condition incoming(
      String attribute,
      Operator operator,
      BiPredicate<Optional<Value>, Optional<Value>> storedAndNew) {
    return new Condition(
        Filter.of(attribute, operator, new Given.Incoming(attribute)),
        (document, incoming) ->
            storedAndNew.test(
                Optional.ofNullable(document.attributes().get(attribute)),
                Optional.ofNullable(incoming.get(attribute))));
  }

  private static boolean less(Optional<Value> a, Optional<Value> b) {
    return ((Value.Int) a.orElseThrow()).value() < ((Value.Int) b.orElseThrow()).value();
  }

  private static boolean meet(Value a, Value b) {
    Set<Value> common = new HashSet<>(((Value.Array) a).values());
    common.retainAll(((Value.Array) b).values());
    return !common.isEmpty();
  }

  private WriteRequest request() {
    List<WriteOp> ops = new ArrayList<>();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      DocId id = DocId.of(random.nextInt(IDS));
      switch (random.nextInt(8)) {
        case 0 -> ops.add(new WriteOp.Delete(id));
        case 1, 2 -> ops.add(new WriteOp.Patch(id, Map.of(), changes()));
        case 3 -> ops.add(new WriteOp.PatchOrCreate(id, Map.of(), changes()));
        case 4 -> {
          if (random.nextInt(3) == 0) {
            Condition one = filter();
            ops.add(
                random.nextInt(4) == 0
                    ? new WriteOp.DeleteMatching(one.filter(), random.nextBoolean())
                    : new WriteOp.PatchMatching(one.filter(), changes()));
          }
        }
        default -> ops.add(new WriteOp.Upsert(new Document(id, Map.of(), attributes())));
      }
    }
    if (ops.isEmpty()) {
      ops.add(new WriteOp.Delete(DocId.of(0)));
    }
    return new WriteRequest(
        ops,
        random.nextInt(3) == 0
            ? WriteConditions.NONE
            : new WriteConditions(condition(), condition(), condition(), random.nextInt(4) > 0),
        random.nextBoolean());
  }

  /** One that brings nothing in. */
  private Condition filter() {
    Value year = Value.of((long) random.nextInt(6));
    Condition condition =
        new Condition(
            Filter.of("year", Operator.EQUAL, year),
            (document, i) -> year.equals(document.attributes().get("year")));
    conditions.put(condition.filter(), condition);
    return condition;
  }

  private Map<String, Value> attributes() {
    Map<String, Value> attributes = new HashMap<>();
    if (random.nextInt(4) > 0) {
      attributes.put("rev", Value.of((long) random.nextInt(5)));
    }
    if (random.nextInt(3) > 0) {
      attributes.put("year", Value.of((long) random.nextInt(6)));
    }
    if (random.nextBoolean()) {
      attributes.put("title", Value.of("title " + random.nextInt(100)));
    }
    if (random.nextBoolean()) {
      attributes.put(
          "tags",
          new Value.Array(
              random
                  .ints(random.nextInt(3), 0, 4)
                  .<Value.Scalar>mapToObj(n -> new Value.Text("tag" + n))
                  .toList()));
    }
    return attributes;
  }

  private Map<String, Given> changes() {
    Map<String, Given> changes = new HashMap<>(attributes());
    if (random.nextInt(3) == 0) {
      changes.put("title", Given.Other.NULL);
    }
    return changes;
  }

  /** What a result must say. */
  private static final class Expected {
    private final Set<DocId> upserted = new HashSet<>();
    private final Set<DocId> patched = new HashSet<>();
    private final Set<DocId> deleted = new HashSet<>();
    private final Set<DocId> missing = new HashSet<>();
    private final Set<DocId> refused = new HashSet<>();

    void check(WriteResult result, boolean ids) {
      same("upserted", upserted, result.upserted(), ids);
      same("patched", patched, result.patched(), ids);
      same("deleted", deleted, result.deleted(), ids);
      same("missing", missing, result.missing(), ids);
      same("refused", refused, result.refused(), ids);
      assertThat(result.remaining()).isFalse();
    }

    private static void same(String what, Set<DocId> wanted, Affected found, boolean ids) {
      assertThat(found.count()).as(what).isEqualTo(wanted.size());
      assertThat(found.ids()).as(what).containsExactlyInAnyOrderElementsOf(ids ? wanted : Set.of());
    }
  }

  private static Map<String, Value> given(Map<String, ? extends Given> attributes) {
    Map<String, Value> values = new HashMap<>();
    attributes.forEach((name, given) -> {
      if (given instanceof Value value) {
        values.put(name, value);
      }
    });
    return values;
  }

  private boolean holds(Optional<Filter> filter, Document before, Map<String, Value> incoming) {
    return filter
        .map(f -> Optional.ofNullable(conditions.get(f)).orElseThrow().holds())
        .map(test -> test.test(before, incoming))
        .orElse(true);
  }

  private void apply(WriteOp op, WriteConditions given, Expected expected) {
    switch (op) {
      case WriteOp.Upsert upsert -> {
        if (mayUpsert(upsert, given, expected)) {
          model.put(upsert.id(), new Document(upsert.id(), Map.of(), given(upsert.attributes())));
          expected.upserted.add(upsert.id());
        }
      }
      case WriteOp.PatchOrCreate patch -> {
        if (mayUpsert(patch, given, expected)) {
          patch(patch.id(), patch.attributes());
          expected.upserted.add(patch.id());
        }
      }
      case WriteOp.Patch patch -> {
        Optional<Document> before = Optional.ofNullable(model.get(patch.id()));
        if (before.isEmpty()) {
          expected.missing.add(patch.id());
        } else if (holds(given.patch(), before.get(), given(patch.attributes()))) {
          patch(patch.id(), patch.attributes());
          expected.patched.add(patch.id());
        } else {
          expected.refused.add(patch.id());
        }
      }
      case WriteOp.Delete delete -> {
        Optional<Document> before = Optional.ofNullable(model.get(delete.id()));
        if (before.isEmpty()) {
          expected.missing.add(delete.id());
        } else if (holds(given.delete(), before.get(), Map.of())) {
          model.remove(delete.id());
          expected.deleted.add(delete.id());
        } else {
          expected.refused.add(delete.id());
        }
      }
      case WriteOp.DeleteMatching delete -> {
        for (DocId id : matching(delete.filter())) {
          model.remove(id);
          expected.deleted.add(id);
        }
      }
      case WriteOp.PatchMatching patch -> {
        for (DocId id : matching(patch.filter())) {
          patch(id, patch.attributes());
          expected.patched.add(id);
        }
      }
      case WriteOp.UpsertOrPatch other -> throw new IllegalArgumentException(other.toString());
    }
  }

  private boolean mayUpsert(WriteOp.OfDocument op, WriteConditions given, Expected expected) {
    Optional<Document> before = Optional.ofNullable(model.get(op.id()));
    if (before.isEmpty()) {
      if (!given.createsAbsent()) {
        expected.missing.add(op.id());
      }
      return given.createsAbsent();
    }
    boolean holds = holds(given.upsert(), before.get(), given(op.attributes()));
    if (!holds) {
      expected.refused.add(op.id());
    }
    return holds;
  }

  private void patch(DocId id, Map<String, ? extends Given> changes) {
    Map<String, Value> attributes =
        new HashMap<>(
            Optional.ofNullable(model.get(id)).map(Document::attributes).orElse(Map.of()));
    attributes.putAll(given(changes));
    changes.forEach((name, value) -> {
      if (value.equals(Given.Other.NULL)) {
        attributes.remove(name);
      }
    });
    model.put(id, new Document(id, Map.of(), attributes));
  }

  private List<DocId> matching(Filter filter) {
    return model.values().stream()
        .filter(document -> holds(Optional.of(filter), document, Map.of()))
        .map(Document::id)
        .toList();
  }

  /** Each adds one to what it has read, if nobody has come between; no addition is lost. */
  @Test
  void optimisticLockingLosesNoChange() throws Exception {
    try (Engine engine = TestEngine.open(storage);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Namespace namespace = engine.create("ns", schema());
      DocId id = DocId.of(1);
      namespace.write(
          new WriteRequest(
              List.of(
                  new WriteOp.Upsert(new Document(id, Map.of(), Map.of("rev", Value.of(0L)))))));
      Callable<Integer> client =
          () -> {
            int refused = 0;
            for (int done = 0; done < 20; ) {
              Value read = namespace.get(id, Projection.ALL).orElseThrow().attributes().get("rev");
              Value next =
                  Value.of(((Value.Int) Optional.ofNullable(read).orElseThrow()).value() + 1);
              WriteResult result =
                  namespace.write(
                      new WriteRequest(
                          List.of(new WriteOp.Patch(id, Map.of(), Map.of("rev", next))),
                          new WriteConditions(
                              Optional.empty(),
                              Optional.of(
                                  Filter.of("rev", Operator.LESS, new Given.Incoming("rev"))),
                              Optional.empty(),
                              true),
                          false));
              assertThat(result.patched().count() + result.refused().count()).isEqualTo(1);
              done += result.patched().count();
              refused += result.refused().count();
            }
            return refused;
          };
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        running.add(clients.submit(client));
      }
      for (Future<Integer> one : running) {
        assertThat(one.get()).isNotNegative();
      }
      assertThat(namespace.get(id, Projection.ALL).orElseThrow().attributes())
          .containsEntry("rev", Value.of(160L));
    }
  }

  @Test
  void whatDoesNotFitIsRefusedWholeOrDoneInParts() {
    try (Engine engine = TestEngine.open(storage, Map.of("write.max_changed_bytes", "1MB"))) {
      Namespace namespace = engine.create("ns", schema());
      String large = "x".repeat(100_000);
      int count = 25;
      for (int id = 0; id < count; id++) {
        Document document = new Document(DocId.of(id), Map.of(), Map.of("title", Value.of(large)));
        namespace.write(new WriteRequest(List.of(new WriteOp.Upsert(document))));
        if (id % 7 == 3) {
          namespace.flush();
        }
      }
      Filter todo = Filter.of("year", Operator.EXISTS, new Value.Bool(false));
      Map<String, Given> set = Map.of("year", Value.of(1L));
      WriteRequest whole = new WriteRequest(List.of(new WriteOp.PatchMatching(todo, set)));
      assertThatThrownBy(() -> namespace.write(whole))
          .isInstanceOfSatisfying(
              ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE));
      Filter done = Filter.of("year", Operator.EQUAL, Value.of(1L));
      assertThat(ids(namespace, done)).isEmpty();
      WriteOp.PatchMatching some = new WriteOp.PatchMatching(Place.named("set"), todo, set, true);
      WriteResult first = namespace.write(new WriteRequest(List.of(some)));
      assertThat(first.remaining()).isTrue();
      assertThat(first.patched().count()).isBetween(1, count - 1);
      assertThat(ids(namespace, done)).hasSize(first.patched().count());
      namespace.flush();
      int writes = 1;
      int patched = first.patched().count();
      for (boolean remaining = true; remaining; writes++) {
        WriteResult next = namespace.write(new WriteRequest(List.of(some)));
        patched += next.patched().count();
        remaining = next.remaining();
      }
      assertThat(patched).isEqualTo(count);
      assertThat(writes).isEqualTo(3);
      assertThat(ids(namespace, todo)).isEmpty();
      assertThat(ids(namespace, done)).hasSize(count);
    }
  }

  @Test
  void aDeleteThatDoesNotFitIsRefusedWholeOrDoneInParts() {
    try (Engine engine = TestEngine.open(storage, Map.of("write.max_changed_bytes", "2000"))) {
      Namespace namespace = engine.create("ns", schema());
      List<WriteOp> all = new ArrayList<>();
      for (int id = 0; id < 25; id++) {
        all.add(new WriteOp.Upsert(new Document(DocId.of(id), Map.of(), Map.of())));
        if (id == 12) {
          namespace.write(new WriteRequest(all));
          namespace.flush();
        }
      }
      namespace.write(new WriteRequest(all));
      Filter every = new Filter.And(List.of());
      assertThatThrownBy(
              () -> namespace.write(new WriteRequest(List.of(new WriteOp.DeleteMatching(every)))))
          .isInstanceOfSatisfying(
              ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE));
      assertThat(ids(namespace, every)).hasSize(25);
      List<Integer> deleted = new ArrayList<>();
      for (boolean remaining = true; remaining; ) {
        WriteResult next =
            namespace.write(new WriteRequest(List.of(new WriteOp.DeleteMatching(every, true))));
        deleted.add(next.deleted().count());
        remaining = next.remaining();
      }
      assertThat(deleted).containsExactly(10, 10, 5);
      assertThat(ids(namespace, every)).isEmpty();
    }
  }

  private static List<DocId> ids(Namespace namespace, Filter filter) {
    return namespace
        .scan(
            new ScanRequest(
                Optional.of(filter), Optional.empty(), 1_000, Projection.IDS, Consistency.STRONG))
        .documents()
        .stream()
        .map(Document::id)
        .toList();
  }

  @Test
  void conditionsAreCheckedBeforeAnythingIsLookedAt() {
    try (Engine engine = TestEngine.open(storage)) {
      Namespace namespace = engine.create("ns", schema());
      invalid(namespace, Filter.of("nope", Operator.EQUAL, Value.of(1L)), "no attribute 'nope'");
      invalid(
          namespace,
          Filter.of("rev", Operator.EQUAL, new Given.Incoming("nope")),
          "no attribute 'nope'");
      invalid(
          namespace, Filter.of("rev", Operator.EQUAL, new Given.Incoming("title")), "expected int");
      invalid(
          namespace,
          Filter.of("rev", Operator.EQUAL, new Given.Incoming("tags")),
          "is an array, expected int");
      assertThatThrownBy(
              () -> ids(namespace, Filter.of("rev", Operator.EQUAL, new Given.Incoming("rev"))))
          .hasMessageContaining("is {\"new\": \"rev\"}, expected int");
    }
  }

  private static void invalid(Namespace namespace, Filter condition, String message) {
    WriteRequest request =
        new WriteRequest(
            List.of(new WriteOp.Delete(DocId.of(1))),
            new WriteConditions(Optional.empty(), Optional.empty(), Optional.of(condition), true),
            false);
    assertThatThrownBy(() -> namespace.write(request))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining(message);
  }
}
