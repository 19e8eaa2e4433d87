package io.elacsym.engine.cas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.engine.blob.ScriptedStorage;
import io.elacsym.engine.blob.ScriptedStorage.Put;
import io.elacsym.tck.host.Together;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AtomicObjectTest {
  /** A counter, and who wrote it. */
  private record Counter(String writer, int value) {}

  private final ScriptedStorage storage = new ScriptedStorage();
  private final AtomicObject<Counter> object =
      new AtomicObject<>(
          storage,
          "ns/counter",
          counter -> (counter.writer() + " " + counter.value()).getBytes(StandardCharsets.UTF_8),
          bytes -> {
            if (!new String(bytes, StandardCharsets.UTF_8).matches("[a-z0-9-]+ [0-9]+")) {
              throw ElacsymException.corrupt("no counter");
            }
            String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", 2);
            return new Counter(parts[0], Integer.parseInt(parts[1]));
          },
          (a, b) -> a.writer().equals(b.writer()));

  @Test
  void thereIsNothingBeforeTheFirstCreate() {
    assertThat(object.read()).isEmpty();
  }

  @Test
  void theSecondCreateLosesAndChangesNothing() {
    assertThat(object.create(new Counter("a", 1))).isPresent();
    assertThat(object.create(new Counter("b", 2))).isEmpty();
    assertThat(content()).isEqualTo(new Counter("a", 1));
  }

  @Test
  void replacingNeedsTheVersionThatIsThereNow() {
    Tagged<Counter> first = object.create(new Counter("a", 1)).orElseThrow();
    Tagged<Counter> second = object.replace(first, new Counter("b", 2)).orElseThrow();
    assertThat(object.replace(first, new Counter("c", 3))).isEmpty();
    assertThat(content()).isEqualTo(new Counter("b", 2));
    assertThat(object.replace(second, new Counter("d", 4))).isPresent();
  }

  @Test
  void replacingWhatIsGoneLoses() {
    Tagged<Counter> first = object.create(new Counter("a", 1)).orElseThrow();
    storage.delete(List.of("ns/counter"));
    assertThat(object.replace(first, new Counter("b", 2))).isEmpty();
    assertThat(object.read()).isEmpty();
  }

  @Test
  void readingAgainGivesNothingUntilSomethingChanged() {
    Tagged<Counter> first = object.create(new Counter("a", 1)).orElseThrow();
    assertThat(object.readIfChanged(first.tag())).isEmpty();
    object.replace(first, new Counter("b", 2));
    Tagged<Counter> second = object.readIfChanged(first.tag()).orElseThrow();
    assertThat(second.content()).isEqualTo(new Counter("b", 2));
    assertThat(object.readIfChanged(second.tag())).isEmpty();
    storage.delete(List.of("ns/counter"));
    assertFails(
        () -> object.readIfChanged(second.tag()), ErrorKind.NOT_FOUND, "ns/counter is gone");
  }

  @Test
  void aPutInDoubtThatTookEffectHasWonAndItsVersionCanBeReplaced() {
    storage.nextPuts(Put.DOUBT_STORED);
    Tagged<Counter> first = object.create(new Counter("a", 1)).orElseThrow();
    storage.nextPuts(Put.DOUBT_STORED);
    Tagged<Counter> second = object.replace(first, new Counter("b", 2)).orElseThrow();
    assertThat(object.replace(second, new Counter("c", 3))).isPresent();
    assertThat(content()).isEqualTo(new Counter("c", 3));
  }

  @Test
  void aReplacementInDoubtThatHadNoEffectIsRepeated() {
    Tagged<Counter> first = object.create(new Counter("a", 1)).orElseThrow();
    storage.nextPuts(Put.DOUBT_NOT_STORED, Put.DOUBT_NOT_STORED);
    assertThat(object.replace(first, new Counter("b", 2))).isPresent();
    assertThat(content()).isEqualTo(new Counter("b", 2));
  }

  /** It could arrive when what a second one created has been there and gone. */
  @Test
  void aCreationInDoubtIsReportedAndNotRepeated() {
    storage.nextPuts(Put.DOUBT_NOT_STORED);
    assertThatThrownBy(() -> object.create(new Counter("a", 1)))
        .hasMessageContaining("did not say");
    assertThat(object.read()).isEmpty();
  }

  @Test
  void aPutInDoubtThatTakesEffectLateMakesItsOwnRepetitionLoseAndStillHasWon() {
    Tagged<Counter> first = object.create(new Counter("a", 1)).orElseThrow();
    storage.nextPuts(Put.DOUBT_STORED_LATER);
    Tagged<Counter> second = object.replace(first, new Counter("b", 2)).orElseThrow();
    assertThat(object.replace(second, new Counter("c", 3))).isPresent();
  }

  @Test
  void aPutInDoubtThatSomebodyElseOvertookHasLost() {
    Tagged<Counter> first = object.create(new Counter("a", 1)).orElseThrow();
    storage
        .nextPuts(Put.DOUBT_NOT_STORED)
        .afterPut(() -> write("other 9", PutMode.ifMatches(first.tag())));
    assertThat(object.replace(first, new Counter("b", 2))).isEmpty();
    assertThat(content()).isEqualTo(new Counter("other", 9));
  }

  /** As the documentation of replace warns. */
  @Test
  void aWriteThatWasReplacedWhileInDoubtCountsAsLost() {
    Tagged<Counter> first = object.create(new Counter("a", 1)).orElseThrow();
    storage.nextPuts(Put.DOUBT_STORED).afterPut(() -> write("other 9", PutMode.OVERWRITE));
    assertThat(object.replace(first, new Counter("b", 2))).isEmpty();
  }

  @Test
  void aPutThatStaysInDoubtIsUnavailable() {
    Put[] always = new Put[20];
    Arrays.fill(always, Put.DOUBT_NOT_STORED);
    storage.nextPuts(always);
    assertFails(
        () -> object.create(new Counter("a", 1)), ErrorKind.UNAVAILABLE, "object ns/counter");
  }

  @Test
  void aReadBackThatFailsIsUnavailable() {
    storage.nextPuts(Put.DOUBT_STORED).failGet();
    assertFails(() -> object.create(new Counter("a", 1)), ErrorKind.UNAVAILABLE, "reached");
  }

  @Test
  void aTransferThatWentWrongIsReadAgainBeforeItIsCalledDamage() {
    object.create(new Counter("a", 1));
    storage.damageGets(2);
    assertThat(content()).isEqualTo(new Counter("a", 1));
    storage.damageGets(3);
    assertFails(object::read, ErrorKind.CORRUPT, "no counter");
  }

  @Test
  void aRefusedPutStoresNothing() {
    storage.nextPuts(Put.REFUSED);
    assertFails(() -> object.create(new Counter("a", 1)), ErrorKind.UNAVAILABLE, "reached");
    assertThat(object.read()).isEmpty();
  }

  @Test
  @Timeout(60)
  void ofManyCreatorsOneWins() throws Exception {
    List<Optional<Tagged<Counter>>> results =
        Together.run(8, thread -> object.create(new Counter("t" + thread, thread)));
    assertThat(results.stream().flatMap(Optional::stream))
        .singleElement()
        .isEqualTo(object.read().orElseThrow());
  }

  @Test
  @Timeout(60)
  void noIncrementOfManyWritersIsLost() throws Exception {
    object.create(new Counter("start", 0));
    int writers = 4;
    int rounds = 50;
    Together.run(
        writers,
        thread -> {
          for (int round = 0; round < rounds; round++) {
            String id = thread + "-" + round;
            Optional<Tagged<Counter>> done = Optional.empty();
            while (done.isEmpty()) {
              Tagged<Counter> now = object.read().orElseThrow();
              done = object.replace(now, new Counter(id, now.content().value() + 1));
            }
          }
          return thread;
        });
    assertThat(content().value()).isEqualTo(writers * rounds);
  }

  private Counter content() {
    return object.read().orElseThrow().content();
  }

  private void write(String content, PutMode mode) {
    storage.objects().put("ns/counter", Payload.of(content.getBytes(StandardCharsets.UTF_8)), mode);
  }

  private static void assertFails(ThrowingCallable action, ErrorKind kind, String part) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(part);
  }
}
