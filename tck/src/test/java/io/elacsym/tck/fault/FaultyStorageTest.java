package io.elacsym.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.tck.fault.Fault.Kind;
import io.elacsym.tck.fault.Request.Operation;
import io.elacsym.tck.junit.ContractTests;
import io.elacsym.tck.memory.MemoryStorage;
import io.elacsym.tck.storage.StorageContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FaultyStorageTest {
  private final MemoryStorage inner = new MemoryStorage();

  @TestFactory
  Stream<DynamicTest> withoutFaultsItKeepsTheContract() {
    return ContractTests.of(
        StorageContract.checks(() -> {
          MemoryStorage storage = new MemoryStorage();
          return () -> new FaultyStorage(storage.attach(), FaultPlan.none());
        }));
  }

  @Test
  void anUnavailableRequestHasNoEffect() {
    FaultyStorage storage = faulty(Kind.UNAVAILABLE);
    assertThatThrownBy(() -> put(storage, "o", "x")).satisfies(FaultyStorageTest::isUnavailable);
    assertThat(inner.head("o")).isEmpty();
  }

  @Test
  void anInDoubtPutIsStoredOrLostOrLate() {
    assertThat(put(faulty(Kind.IN_DOUBT_STORED), "stored", "x")).isEqualTo(PutResult.UNKNOWN);
    assertThat(inner.head("stored")).isPresent();
    assertThat(put(faulty(Kind.IN_DOUBT_LOST), "lost", "x")).isEqualTo(PutResult.UNKNOWN);
    assertThat(inner.head("lost")).isEmpty();

    FaultyStorage late = faulty(Kind.IN_DOUBT_LATE);
    assertThat(put(late, "late", "x")).isEqualTo(PutResult.UNKNOWN);
    late.follow(FaultPlan.none());
    assertThat(late.head("late")).isEmpty();
    assertThat(late.head("late")).isEmpty();
    assertThat(late.head("late")).isPresent();
  }

  @Test
  void aLatePutIsJudgedWhenItArrives() {
    FaultyStorage storage = faulty(Kind.IN_DOUBT_LATE);
    storage.put("o", Payload.of(bytes("late")), PutMode.IF_ABSENT);
    inner.put("o", Payload.of(bytes("first")), PutMode.IF_ABSENT);
    storage.deliverLate();
    assertThat(content("o")).isEqualTo("first");
  }

  @Test
  void aConditionalPutInDoubtStillNeedsItsCondition() {
    inner.put("o", Payload.of(bytes("first")), PutMode.IF_ABSENT);
    FaultyStorage storage = faulty(Kind.IN_DOUBT_STORED);
    PutResult result = storage.put("o", Payload.of(bytes("second")), PutMode.IF_ABSENT);
    assertThat(result).isEqualTo(PutResult.UNKNOWN);
    assertThat(content("o")).isEqualTo("first");
  }

  @Test
  void aHalfDoneDeleteThrowsAndCanBeRepeated() {
    for (String name : List.of("a", "b", "c", "d")) {
      put(inner, name, "x");
    }
    FaultyStorage storage = faulty(Kind.HALF_DELETED);
    assertThatThrownBy(() -> storage.delete(List.of("a", "b", "c", "d")))
        .satisfies(FaultyStorageTest::isUnavailable);
    assertThat(inner.list("", "", 10).stream().map(ObjectInfo::name)).containsExactly("c", "d");
    storage.follow(FaultPlan.none());
    storage.delete(List.of("a", "b", "c", "d"));
    assertThat(inner.list("", "", 10)).isEmpty();
  }

  @Test
  void readsCanBeCutShortOrWrong() {
    put(inner, "o", "0123456789");
    assertThat(read(faulty(Kind.TRUNCATED), "o")).isEqualTo("01234");
    assertThat(read(faulty(Kind.FLIPPED), "o")).hasSize(10).isNotEqualTo("0123456789");
    assertThat(content("o")).isEqualTo("0123456789");
  }

  @Test
  void noSpaceSaysSoAndHarmsPutsOnly() {
    put(inner, "o", "old");
    FaultyStorage storage = faulty(Kind.NO_SPACE);
    assertThatThrownBy(() -> put(storage, "o", "new"))
        .satisfies(FaultyStorageTest::isUnavailable)
        .hasMessageContaining("no space left");
    assertThat(read(storage, "o")).isEqualTo("old");
  }

  @Test
  void slowRequestsAskTheSleeper() {
    List<Duration> slept = new ArrayList<>();
    FaultyStorage storage =
        new FaultyStorage(
            inner, FaultPlan.at(2, new Fault.Slow(Duration.ofSeconds(30))), slept::add);
    put(storage, "a", "x");
    put(storage, "b", "x");
    put(storage, "c", "x");
    assertThat(slept).containsExactly(Duration.ofSeconds(30));
    assertThat(inner.list("", "", 10)).hasSize(3);
  }

  @Test
  void afterACrashEverythingFailsUntilRestart() {
    FaultyStorage storage =
        new FaultyStorage(
            inner, FaultPlan.at(2, Kind.CRASH_BEFORE).or(FaultPlan.at(4, Kind.CRASH_AFTER)));
    put(storage, "first", "x");
    assertThatThrownBy(() -> put(storage, "second", "x")).isInstanceOf(CrashError.class);
    assertThatThrownBy(() -> storage.head("first")).isInstanceOf(CrashError.class);
    assertThat(storage.crashed()).isTrue();
    storage.restart();
    assertThat(storage.head("second")).isEmpty();
    assertThatThrownBy(() -> put(storage, "fourth", "x")).isInstanceOf(CrashError.class);
    storage.restart();
    assertThat(storage.head("fourth")).isPresent();
  }

  @Test
  void whatIsUnderWayInACrashArrives() {
    FaultyStorage storage = faulty(Kind.IN_DOUBT_LATE);
    put(storage, "o", "x");
    storage.crash();
    storage.deliverLate();
    assertThat(inner.head("o")).isPresent();
  }

  @Test
  void requestsAndBytesAreCounted() {
    FaultyStorage storage =
        new FaultyStorage(
            inner, FaultPlan.first(1, r -> r.operation() == Operation.HEAD, Kind.UNAVAILABLE));
    put(storage, "o", "12345");
    put(storage, "p", "123");
    storage.get("o", new ByteRange(1, 3));
    String version = storage.get("o", ByteRange.ALL).orElseThrow().info().tag();
    storage.getIfChanged("o", version);
    assertThatThrownBy(() -> storage.head("o")).isInstanceOf(ElacsymException.class);
    assertThat(storage.head("o")).isPresent();
    storage.list("", "", 5);
    storage.delete(List.of("o", "p"));
    assertThat(storage.counts()).isEqualTo(new RequestCounts(3, 2, 2, 1, 1, 8, 8));
    assertThat(storage.counts().requests()).isEqualTo(9).isEqualTo(storage.requests());
  }

  @Test
  void aRandomPlanFollowsFromItsSeedAndKeepsItsRates() {
    Map<Fault, Double> chances = Map.of(Kind.UNAVAILABLE, 0.1, Kind.IN_DOUBT_LATE, 0.2);
    List<Fault> one = faults(FaultPlan.random(5, chances));
    assertThat(faults(FaultPlan.random(5, chances))).isEqualTo(one);
    assertThat(faults(FaultPlan.random(6, chances))).isNotEqualTo(one);
    assertThat(one.stream().filter(Kind.UNAVAILABLE::equals).count()).isBetween(850L, 1150L);
    assertThat(one.stream().filter(Kind.IN_DOUBT_LATE::equals).count()).isBetween(1800L, 2200L);
    assertThat(one.stream().filter(Kind.NONE::equals).count()).isBetween(6700L, 7300L);
  }

  private static List<Fault> faults(FaultPlan plan) {
    return LongStream.rangeClosed(1, 10_000)
        .mapToObj(number -> plan.next(new Request(number, Operation.PUT, "o")))
        .toList();
  }

  private FaultyStorage faulty(Fault always) {
    return new FaultyStorage(inner, request -> always);
  }

  private static PutResult put(Storage storage, String name, String content) {
    return storage.put(name, Payload.of(bytes(content)), PutMode.OVERWRITE);
  }

  private String content(String name) {
    return read(inner, name);
  }

  private static String read(Storage storage, String name) {
    StoredObject object = storage.get(name, ByteRange.ALL).orElseThrow();
    return new String(object.bytes(), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void isUnavailable(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
  }
}
