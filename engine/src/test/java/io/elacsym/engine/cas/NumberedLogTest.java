package io.elacsym.engine.cas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.engine.blob.ScriptedStorage;
import io.elacsym.engine.blob.ScriptedStorage.Put;
import io.elacsym.engine.cas.NumberedLog.Append;
import io.elacsym.engine.cas.NumberedLog.Draft;
import io.elacsym.engine.cas.NumberedLog.Found;
import io.elacsym.tck.host.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Entries are texts, each behind its own number: damage and mix-ups show. */
class NumberedLogTest {
  private final ScriptedStorage storage = new ScriptedStorage();
  private final NumberedLog<String> log =
      new NumberedLog<>(
          storage,
          new NumberedObjects(storage, "books/wal/", ".wal"),
          (name, number, bytes) -> {
            String text = new String(bytes, UTF_8);
            if (!text.startsWith(number + " ")) {
              throw ElacsymException.corrupt("object " + name + " is damaged");
            }
            return text.substring(text.indexOf(' ') + 1);
          });

  @Test
  void namesSortAsTheirNumbersDo() {
    assertThat(log.name(42)).isEqualTo("books/wal/00000000000000000042.wal");
    assertThat(log.name(9)).isLessThan(log.name(10));
  }

  @Test
  void namesAreTheSameWhateverTheLanguageOfTheMachine() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(log.name(42)).isEqualTo("books/wal/00000000000000000042.wal");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void anAppendedEntryIsFound() {
    assertThat(append(1, "a")).isEqualTo(Append.WON);
    Found<String> found = log.read(1).orElseThrow();
    assertThat(found.number()).isEqualTo(1);
    assertThat(found.entry().orElseThrow()).isEqualTo("a");
    assertThat(found.damage()).isEmpty();
    assertThat(found.bytes()).isEqualTo(storage.head(log.name(1)).orElseThrow().size());
    assertThat(log.read(2)).isEmpty();
  }

  @Test
  void aTakenNumberIsLostAndTheEntryThereStays() {
    append(1, "a");
    assertThat(append(1, "b")).isEqualTo(Append.LOST);
    assertThat(entryAt(1)).isEqualTo("a");
  }

  @Test
  void anAppendInDoubtThatWasStoredHasWon() {
    storage.nextPuts(Put.DOUBT_STORED);
    assertThat(append(1, "a")).isEqualTo(Append.WON);
  }

  @Test
  void anAppendInDoubtThatWasNotStoredIsRepeated() {
    storage.nextPuts(Put.DOUBT_NOT_STORED, Put.DOUBT_NOT_STORED);
    assertThat(append(1, "a")).isEqualTo(Append.WON);
    assertThat(entryAt(1)).isEqualTo("a");
  }

  @Test
  void anAppendInDoubtThatIsStoredLateMakesItsOwnRepetitionLoseAndStillHasWon() {
    storage.nextPuts(Put.DOUBT_STORED_LATER);
    assertThat(append(1, "a")).isEqualTo(Append.WON);
  }

  @Test
  void anAppendInDoubtThatSomebodyElseOvertookHasLost() {
    storage.nextPuts(Put.DOUBT_NOT_STORED).afterPut(() -> put(1, bytes(1, "b")));
    assertThat(append(1, "a")).isEqualTo(Append.LOST);
    assertThat(entryAt(1)).isEqualTo("b");
  }

  @Test
  void anAppendThatStaysInDoubtIsUnknown() {
    storage.nextPuts(
        Put.DOUBT_NOT_STORED, Put.DOUBT_NOT_STORED, Put.DOUBT_NOT_STORED, Put.DOUBT_STORED_LATER);
    assertThat(append(1, "a")).isEqualTo(Append.UNKNOWN);
    assertThat(append(2, "b")).as("brings the late one").isEqualTo(Append.WON);
    assertThat(entryAt(1)).isEqualTo("a");
  }

  @Test
  void anEntryThatIsGoneAgainBeforeItWasReadBackIsUnknown() {
    storage
        .nextPuts(Put.DOUBT_NOT_STORED)
        .afterPut(() -> put(1, bytes(1, "a")))
        .beforeGet(() -> {
          throw new ElacsymException(ErrorKind.UNAVAILABLE, "away");
        })
        .beforeGet(() -> storage.delete(List.of(log.name(1))));
    assertThat(append(1, "a")).isEqualTo(Append.UNKNOWN);
  }

  @Test
  void aReadBackThatFailsDoesNotHideThatTheEntryMayBeThere() {
    storage.nextPuts(Put.DOUBT_STORED).failGet();
    assertThat(append(1, "a")).as("by the repetition").isEqualTo(Append.WON);
    storage.nextPuts(Put.DOUBT_STORED).failGet().failGet().failGet().failGet();
    assertThat(append(2, "b")).isEqualTo(Append.UNKNOWN);
  }

  @Test
  void aRefusedAppendStoresNothingAndThrows() {
    storage.nextPuts(Put.REFUSED);
    assertThatThrownBy(() -> append(1, "a"))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
    assertThat(log.read(1)).isEmpty();
  }

  @Test
  void aRefusalAfterADoubtSettlesNothing() {
    storage.nextPuts(Put.DOUBT_STORED_LATER, Put.REFUSED);
    // The refused try comes after the late one has been stored, so reading back finds it.
    assertThat(append(1, "a")).isEqualTo(Append.WON);
    storage.nextPuts(Put.DOUBT_NOT_STORED, Put.REFUSED, Put.REFUSED, Put.REFUSED);
    assertThat(append(2, "b")).isEqualTo(Append.UNKNOWN);
  }

  @Test
  @Timeout(60)
  void ofManyWritersOneGetsANumber() throws Exception {
    List<Append> results = Together.run(8, thread -> append(1, "t" + thread));
    assertThat(results).containsOnlyOnce(Append.WON);
    assertThat(results.stream().filter(result -> result == Append.LOST)).hasSize(7);
    assertThat(entryAt(1)).isEqualTo("t" + results.indexOf(Append.WON));
  }

  @Test
  void readingBeginsAtTheFloorAndGoesInOrder() {
    for (long number = 1; number <= 12; number++) {
      append(number, "c" + number);
    }
    assertThat(numbers(log.readFrom(0))).isEqualTo(range(1, 12));
    assertThat(numbers(log.readFrom(1))).isEqualTo(range(1, 12));
    assertThat(numbers(log.readFrom(5))).isEqualTo(range(5, 12));
    assertThat(log.readFrom(13)).isEmpty();
  }

  @Test
  void whetherTheEntryBeforeIsThereIsKnownWithoutReadingIt() {
    append(2, "b");
    append(3, "c");
    assertThat(log.readBehind(2).hasStart()).isTrue();
    assertThat(numbers(log.readBehind(2).entries())).containsExactly(3L);
    assertThat(log.readBehind(1).hasStart()).isFalse();
    assertThat(numbers(log.readBehind(1).entries())).containsExactly(2L, 3L);
    assertThat(log.readBehind(3).hasStart()).isTrue();
    assertThat(log.readBehind(3).entries()).isEmpty();
    assertThat(log.readBehind(4).hasStart()).isFalse();
  }

  @Test
  void moreEntriesThanAPageAreAllRead() {
    for (long number = 1; number <= 2_001; number++) {
      put(number, bytes(number, "c"));
    }
    assertThat(numbers(log.readFrom(1))).isEqualTo(range(1, 2_001));
    assertThat(numbers(log.readFrom(1_001))).isEqualTo(range(1_001, 2_001));
  }

  @Test
  void aGapIsSeenAsAMissingNumber() {
    append(1, "a");
    append(3, "c");
    assertThat(numbers(log.readFrom(1))).containsExactly(1L, 3L);
  }

  @Test
  void aDamagedEntryIsReportedInItsPlace() {
    append(1, "a");
    byte[] damaged = bytes(2, "b");
    damaged[0] ^= 1;
    put(2, damaged);
    append(3, "c");
    List<Found<String>> found = log.readFrom(1);
    assertThat(numbers(found)).containsExactly(1L, 2L, 3L);
    assertThat(found.get(0).entry()).isPresent();
    assertThat(found.get(1).entry()).isEmpty();
    assertThat(found.get(1).bytes()).isZero();
    assertThat(found.get(1).damage())
        .hasValueSatisfying(damage -> {
          assertThat(damage.kind()).isEqualTo(ErrorKind.CORRUPT);
          assertThat(damage).hasMessageContaining(log.name(2));
        });
    assertThat(found.get(2).entry()).isPresent();
  }

  @Test
  void aTransferThatWentWrongOnceIsNoDamage() {
    append(1, "a");
    storage.damageGets(2);
    assertThat(log.read(1).orElseThrow().entry()).isPresent();
    storage.damageGets(3);
    assertThat(log.read(1).orElseThrow().damage()).isPresent();
  }

  @Test
  void anEntryCopiedToAnotherNumberIsDamaged() {
    put(2, bytes(1, "a"));
    assertThat(log.read(2).orElseThrow().damage()).isPresent();
  }

  @Test
  void anEntryThatGoesWhileTheOthersAreReadIsLeftOut() {
    append(1, "a");
    append(2, "b");
    storage.beforeGet(() -> storage.delete(List.of(log.name(1), log.name(2))));
    assertThat(numbers(log.readFrom(1))).isSubsetOf(1L, 2L);
  }

  @Test
  void aStorageThatFailsIsNoDamage() {
    append(1, "a");
    storage.failGet();
    assertThatThrownBy(() -> log.readFrom(1))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
  }

  @Test
  void foreignObjectsAreNotTakenForEntries() {
    append(1, "a");
    for (String name :
        List.of("note.txt", "1.wal", "99999999999999999999.wal", "0".repeat(21) + ".wal")) {
      storage.put("books/wal/" + name, Payload.of(new byte[3]), PutMode.OVERWRITE);
    }
    storage.put("books2/wal/00000000000000000002.wal", Payload.of(new byte[3]), PutMode.OVERWRITE);
    assertThat(numbers(log.readFrom(0))).containsExactly(1L);
    log.deleteBelow(100);
    assertThat(storage.list("books", "", 10)).hasSize(5);
  }

  @Test
  void whatHasALowerNumberIsDeleted() {
    for (long number = 1; number <= 1_005; number++) {
      put(number, bytes(number, "c"));
    }
    log.deleteBelow(1);
    assertThat(numbers()).hasSize(1_005);
    log.deleteBelow(1_004);
    assertThat(numbers()).containsExactly(1_004L, 1_005L);
  }

  @Test
  void aFenceTakesTheNextNumberBehindAllThatIsThere() {
    append(4, "a");
    append(5, "b");
    List<Found<String>> seen = new ArrayList<>();
    assertThat(log.fence(4, seen::addAll, number -> draft(number, "fence"))).hasValue(6L);
    assertThat(numbers(seen)).containsExactly(4L, 5L);
    assertThat(entryAt(6)).isEqualTo("fence");
    assertThat(append(6, "of the former writer")).isEqualTo(Append.LOST);
    assertThat(log.fence(7, seen::addAll, number -> draft(number, "fence"))).hasValue(7L);
  }

  @Test
  void aFenceComesBehindAnEntryThatWasFaster() {
    append(1, "a");
    List<Found<String>> seen = new ArrayList<>();
    LongFunction<Draft<String>> overtaken =
        number -> {
          put(2, bytes(2, "faster"));
          return draft(number, "fence");
        };
    assertThat(log.fence(1, seen::addAll, overtaken)).hasValue(3L);
    assertThat(numbers(seen)).containsExactly(1L, 1L, 2L);
  }

  @Test
  void aFenceInDoubtIsNoFence() {
    storage.nextPuts(
        Put.DOUBT_NOT_STORED, Put.DOUBT_NOT_STORED, Put.DOUBT_NOT_STORED, Put.DOUBT_NOT_STORED);
    assertThat(log.fence(1, found -> {}, number -> draft(number, "fence"))).isEmpty();
  }

  @Test
  void whoeverLooksAtTheEntriesMayForbidTheFence() {
    append(1, "a");
    assertThatThrownBy(() ->
            log.fence(
                1,
                found -> {
                  throw ElacsymException.conflict("no");
                },
                number -> draft(number, "fence")))
        .hasMessage("no");
    assertThat(numbers()).containsExactly(1L);
  }

  private Append append(long number, String entry) {
    return log.append(draft(number, entry));
  }

  private static Draft<String> draft(long number, String entry) {
    return new Draft<>(number, bytes(number, entry), entry::equals);
  }

  private static byte[] bytes(long number, String entry) {
    return (number + " " + entry).getBytes(UTF_8);
  }

  private void put(long number, byte[] bytes) {
    storage.objects().put(log.name(number), Payload.of(bytes), PutMode.OVERWRITE);
  }

  private String entryAt(long number) {
    return log.read(number).orElseThrow().entry().orElseThrow();
  }

  private List<Long> numbers() {
    return numbers(log.readFrom(0));
  }

  private static List<Long> numbers(List<Found<String>> found) {
    return found.stream().map(Found::number).toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
