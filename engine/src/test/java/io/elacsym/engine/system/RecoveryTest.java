package io.elacsym.engine.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.VerifyReport;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recovery scenarios of the deployment guide. */
final class RecoveryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final MemoryStorage storage = new MemoryStorage();

  @BeforeEach
  void aNamespaceWithASegmentAndALiveBuffer() {
    try (Engine engine = TestEngine.open(storage)) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int i = 0; i < 40; i++) {
        namespace.write(TestEngine.upsert(document(i)));
      }
      namespace.flush();
      namespace.write(TestEngine.delete(3));
      namespace.flush();
      namespace.write(TestEngine.upsert(document(40)));
      namespace.write(TestEngine.upsert(document(41)));
    }
  }

  private static Document document(int i) {
    return TestEngine.document(
        i,
        i,
        0,
        Map.of("title", Value.of("title " + i), "year", Value.of(i % 4L), "body", Value.of("x")));
  }

  private List<String> objects(String part) {
    return storage.attach().list("ns/", "", 1000).stream()
        .map(ObjectInfo::name)
        .filter(name -> name.contains(part))
        .toList();
  }

  private void flip(String name, long at) {
    MemoryStorage raw = storage.attach();
    byte[] bytes = raw.get(name, ByteRange.ALL).orElseThrow().bytes();
    bytes[Math.toIntExact(at)] ^= 0x10;
    raw.put(name, Payload.of(bytes), PutMode.OVERWRITE);
  }

  private void flip(String name) {
    flip(name, storage.attach().head(name).orElseThrow().size() / 2);
  }

  private static List<Hit> everyQuery(Namespace namespace) {
    Optional<Filter> even = Optional.of(Filter.of("year", Operator.EQUAL, new Value.Int(2)));
    List<Hit> hits = namespace.query(TestEngine.query(TestEngine.nearest(10, 0), even, 3)).hits();
    assertEquals(
        List.of("10", "6", "14"), hits.stream().map(hit -> hit.document().id() + "").toList());
    hits =
        namespace
            .query(TestEngine.query(TestEngine.text("17", "title"), Optional.empty(), 5))
            .hits();
    assertEquals(List.of("17"), hits.stream().map(hit -> hit.document().id() + "").toList());
    return hits;
  }

  @Test
  void aCorruptedWalEntryIsSkippedAndReportedAndTheOthersSurvive() {
    List<String> wal = objects("/wal/");
    flip(wal.get(wal.size() - 2));
    try (Engine engine = TestEngine.open(storage.attach())) {
      assertEquals(40, engine.namespace("ns").stats().documents());
      VerifyReport report = engine.verify("ns", bytes -> {});
      assertTrue(report.damaged());
      assertEquals(wal.get(wal.size() - 2), report.findings().getFirst().object());
      engine.namespace("ns").write(TestEngine.upsert(document(50)));
      assertEquals(41, engine.namespace("ns").stats().documents());
    }
  }

  @Test
  void deletedWalFilesCostOnlyWhatWasInThem() {
    storage.attach().delete(objects("/wal/"));
    try (Engine engine = TestEngine.open(storage.attach())) {
      Namespace namespace = engine.namespace("ns");
      assertEquals(39, namespace.stats().documents());
      assertTrue(engine.verify("ns", bytes -> {}).damaged());
      namespace.write(TestEngine.upsert(document(60)));
      namespace.flush();
      assertEquals(40, namespace.stats().documents());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "title", "year"})
  void aLostIndexIsRebuiltWhileQueriesGoOn(String field) throws InterruptedException {
    String index = TestEngine.indexOf(field, objects("/indexes/"));
    storage.attach().delete(List.of(index));
    rebuiltWithoutAWrongAnswer(index);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "title", "year"})
  void aDamagedIndexIsRebuiltWhileQueriesGoOn(String field) throws InterruptedException {
    String index = TestEngine.indexOf(field, objects("/indexes/"));
    flip(index);
    rebuiltWithoutAWrongAnswer(index);
  }

  private void rebuiltWithoutAWrongAnswer(String lost) throws InterruptedException {
    try (Engine engine = TestEngine.open(storage.attach())) {
      Namespace namespace = engine.namespace("ns");
      await(() -> {
        everyQuery(namespace);
        return engine.verify("ns", bytes -> {}).findings().stream()
            .noneMatch(finding -> finding.object().equals(lost));
      });
      assertTrue(objects("/indexes/").size() > 3, "the new index is stored");
      assertTrue(lost.startsWith("ns/indexes/"));
      everyQuery(namespace);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant limit = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(limit), "it did not happen within " + PATIENCE);
      Thread.onSpinWait();
    }
  }

  @Test
  void aLostSegmentIsAnErrorThatNamesItNotAShorterAnswer() {
    String data =
        objects("/segments/").stream().filter(n -> !n.endsWith("envelope")).findFirst().get();
    storage.attach().delete(List.of(data));
    try (Engine engine = TestEngine.open(storage.attach())) {
      ElacsymException e =
          assertThrows(ElacsymException.class, () -> everyQuery(engine.namespace("ns")));
      assertEquals(ErrorKind.CORRUPT, e.kind());
      assertTrue(String.valueOf(e.getMessage()).contains(data), e.getMessage());
      assertTrue(
          engine.verify("ns", bytes -> {}).findings().stream()
              .anyMatch(finding -> finding.object().equals(data)));
    }
  }

  @Test
  void aCorruptedManifestIsRefusedAndAnEarlierVersionOfItWorks() {
    byte[] whole = storage.attach().get("ns/manifest.json", ByteRange.ALL).orElseThrow().bytes();
    flip("ns/manifest.json");
    try (Engine engine = TestEngine.open(storage.attach())) {
      ElacsymException e = assertThrows(ElacsymException.class, () -> engine.namespace("ns"));
      assertEquals(ErrorKind.CORRUPT, e.kind());
      assertTrue(String.valueOf(e.getMessage()).contains("ns/manifest.json"), e.getMessage());
      assertTrue(engine.verify("ns", bytes -> {}).damaged());
      storage.attach().put("ns/manifest.json", Payload.of(whole), PutMode.OVERWRITE);
      assertEquals(41, engine.namespace("ns").stats().documents());
    }
  }

  @Test
  void verifyFindsAFlippedBitInEveryObject() {
    try (Engine engine = TestEngine.open(storage.attach())) {
      assertFalse(engine.verify("ns", bytes -> {}).damaged());
      long floor = 0;
      for (String object : objects("/")) {
        // WAL entries below the floor are garbage that waits for its grace.
        if (object.contains("/wal/") && floor++ < objects("/wal/").size() - 2) {
          continue;
        }
        byte[] whole = storage.attach().get(object, ByteRange.ALL).orElseThrow().bytes();
        flip(object);
        VerifyReport report = engine.verify("ns", bytes -> {});
        // An index can be built again: it is found, and no damage.
        assertEquals(!object.contains("/indexes/"), report.damaged(), "flip in " + object);
        assertTrue(
            report.findings().stream().anyMatch(finding -> finding.object().equals(object)),
            "flip in " + object + ": " + report);
        storage.attach().put(object, Payload.of(whole), PutMode.OVERWRITE);
      }
      assertFalse(engine.verify("ns", bytes -> {}).damaged());
    }
  }

  @Test
  void aNamespaceThatHasLostASegmentCanBeDeletedAndMadeAgain() {
    storage.attach().delete(objects("/segments/"));
    try (Engine engine = TestEngine.open(storage.attach())) {
      engine.drop("ns");
      assertEquals(List.of(), engine.list("", "", 10).names());
      engine.create("ns", TestEngine.schema());
      assertEquals(0, engine.namespace("ns").stats().documents());
    }
  }

  @Test
  void aNamespaceWithADamagedManifestIsNotDeletedAndTheMessageSaysWhatToDo() {
    storage
        .attach()
        .put("ns/manifest.json", Payload.of("{\"format\": x".getBytes(UTF_8)), PutMode.OVERWRITE);
    try (Engine engine = TestEngine.open(storage.attach())) {
      ElacsymException e = assertThrows(ElacsymException.class, () -> engine.drop("ns"));
      assertEquals(ErrorKind.CONFLICT, e.kind());
      assertTrue(String.valueOf(e.getMessage()).contains("elacsym repair -n ns"), e.getMessage());
      ElacsymException open = assertThrows(ElacsymException.class, () -> engine.namespace("ns"));
      String message = String.valueOf(open.getMessage());
      assertTrue(message.contains("is no JSON at line 1"), message);
      assertFalse(message.contains("StreamRead") || message.contains("REDACTED"), message);
      engine.repair("ns", false, bytes -> {});
      engine.drop("ns");
    }
  }

  @Test
  void aLostIndexIsANoticeAndNoDamage() {
    storage.attach().delete(objects("/indexes/"));
    try (Engine engine = TestEngine.open(storage.attach())) {
      VerifyReport report = engine.verify("ns", bytes -> {});
      assertFalse(report.damaged(), report.toString());
      assertEquals(
          report.findings().size(),
          report.findings().stream().map(finding -> finding.object()).distinct().count());
      assertTrue(report.findings().getFirst().message().contains("nothing is lost"));
    }
  }
}
