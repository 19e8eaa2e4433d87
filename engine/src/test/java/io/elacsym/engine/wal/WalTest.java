package io.elacsym.engine.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.engine.blob.ScriptedStorage;
import io.elacsym.engine.blob.ScriptedStorage.Put;
import io.elacsym.engine.wal.Wal.Append;
import io.elacsym.engine.wal.Wal.Found;
import io.elacsym.tck.expect.Together;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WalTest {
  private final ScriptedStorage storage = new ScriptedStorage();
  private final Wal wal = new Wal(storage, "books");

  @Test
  void namesSortAsTheirNumbersDo() {
    assertThat(wal.name(42)).isEqualTo("books/wal/00000000000000000042.wal");
    assertThat(wal.name(9)).isLessThan(wal.name(10));
  }

  @Test
  void namesAreTheSameWhateverTheLanguageOfTheMachine() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(wal.name(42)).isEqualTo("books/wal/00000000000000000042.wal");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void anAppendedEntryIsFound() {
    assertThat(append(1, "a")).isEqualTo(Append.WON);
    Found found = wal.read(1).orElseThrow();
    assertThat(found.sequence()).isEqualTo(1);
    assertThat(found.entry().orElseThrow().commitId()).isEqualTo("a");
    assertThat(found.damage()).isEmpty();
    assertThat(found.bytes()).isEqualTo(storage.head(wal.name(1)).orElseThrow().size());
    assertThat(wal.read(2)).isEmpty();
  }

  @Test
  void aTakenNumberIsLostAndTheEntryThereStays() {
    append(1, "a");
    assertThat(append(1, "b")).isEqualTo(Append.LOST);
    assertThat(commitAt(1)).isEqualTo("a");
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
    assertThat(commitAt(1)).isEqualTo("a");
  }

  @Test
  void anAppendInDoubtThatIsStoredLateMakesItsOwnRepetitionLoseAndStillHasWon() {
    storage.nextPuts(Put.DOUBT_STORED_LATER);
    assertThat(append(1, "a")).isEqualTo(Append.WON);
  }

  @Test
  void anAppendInDoubtThatSomebodyElseOvertookHasLost() {
    storage.nextPuts(Put.DOUBT_NOT_STORED).afterPut(() -> put(1, entry(1, "b")));
    assertThat(append(1, "a")).isEqualTo(Append.LOST);
    assertThat(commitAt(1)).isEqualTo("b");
  }

  @Test
  void anAppendThatStaysInDoubtIsUnknown() {
    storage.nextPuts(
        Put.DOUBT_NOT_STORED, Put.DOUBT_NOT_STORED, Put.DOUBT_NOT_STORED, Put.DOUBT_STORED_LATER);
    assertThat(append(1, "a")).isEqualTo(Append.UNKNOWN);
    assertThat(append(2, "b")).as("brings the late one").isEqualTo(Append.WON);
    assertThat(commitAt(1)).isEqualTo("a");
  }

  @Test
  void anEntryThatIsGoneAgainBeforeItWasReadBackIsUnknown() {
    storage
        .nextPuts(Put.DOUBT_NOT_STORED)
        .afterPut(() -> put(1, entry(1, "a")))
        .beforeGet(() -> {
          throw new ElacsymException(ErrorKind.UNAVAILABLE, "away");
        })
        .beforeGet(() -> storage.delete(List.of(wal.name(1))));
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
    assertThat(wal.read(1)).isEmpty();
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
    assertThat(commitAt(1)).isEqualTo("t" + results.indexOf(Append.WON));
  }

  @Test
  void readingBeginsAtTheFloorAndGoesInOrder() {
    for (long sequence = 1; sequence <= 12; sequence++) {
      append(sequence, "c" + sequence);
    }
    assertThat(sequences(wal.readFrom(0))).isEqualTo(range(1, 12));
    assertThat(sequences(wal.readFrom(1))).isEqualTo(range(1, 12));
    assertThat(sequences(wal.readFrom(5))).isEqualTo(range(5, 12));
    assertThat(wal.readFrom(13)).isEmpty();
  }

  @Test
  void moreEntriesThanAPageAreAllRead() {
    for (long sequence = 1; sequence <= 2_001; sequence++) {
      put(sequence, entry(sequence, "c"));
    }
    assertThat(sequences(wal.readFrom(1))).isEqualTo(range(1, 2_001));
    assertThat(sequences(wal.readFrom(1_001))).isEqualTo(range(1_001, 2_001));
  }

  @Test
  void aGapIsSeenAsAMissingNumber() {
    append(1, "a");
    append(3, "c");
    assertThat(sequences(wal.readFrom(1))).containsExactly(1L, 3L);
  }

  @Test
  void aDamagedEntryIsReportedInItsPlace() {
    append(1, "a");
    byte[] damaged = WalCodec.write(entry(2, "b"));
    damaged[30] ^= 1;
    put(2, damaged);
    append(3, "c");
    List<Found> found = wal.readFrom(1);
    assertThat(sequences(found)).containsExactly(1L, 2L, 3L);
    assertThat(found.get(0).entry()).isPresent();
    assertThat(found.get(1).entry()).isEmpty();
    assertThat(found.get(1).bytes()).isZero();
    assertThat(found.get(1).damage())
        .hasValueSatisfying(damage -> {
          assertThat(damage.kind()).isEqualTo(ErrorKind.CORRUPT);
          assertThat(damage).hasMessageContaining(wal.name(2));
        });
    assertThat(found.get(2).entry()).isPresent();
  }

  @Test
  void aTransferThatWentWrongOnceIsNoDamage() {
    append(1, "a");
    storage.damageGets(2);
    assertThat(wal.read(1).orElseThrow().entry()).isPresent();
    storage.damageGets(3);
    assertThat(wal.read(1).orElseThrow().damage()).isPresent();
  }

  @Test
  void anEntryCopiedToAnotherNumberIsDamaged() {
    put(2, WalCodec.write(entry(1, "a")));
    assertThat(wal.read(2).orElseThrow().damage()).isPresent();
  }

  @Test
  void anEntryThatGoesWhileTheOthersAreReadIsLeftOut() {
    append(1, "a");
    append(2, "b");
    storage.beforeGet(() -> storage.delete(List.of(wal.name(1), wal.name(2))));
    assertThat(sequences(wal.readFrom(1))).isSubsetOf(1L, 2L);
  }

  @Test
  void aStorageThatFailsIsNoDamage() {
    append(1, "a");
    storage.failGet();
    assertThatThrownBy(() -> wal.readFrom(1))
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
    assertThat(sequences(wal.readFrom(0))).containsExactly(1L);
    assertThat(wal.below(100)).containsExactly(wal.name(1));
  }

  @Test
  void whatIsBelowTheFloorIsListedOldestFirst() {
    for (long sequence = 1; sequence <= 5; sequence++) {
      append(sequence, "c");
    }
    assertThat(wal.below(4)).containsExactly(wal.name(1), wal.name(2), wal.name(3));
    assertThat(wal.below(1)).isEmpty();
  }

  private Append append(long sequence, String commitId) {
    WalEntry entry = entry(sequence, commitId);
    return wal.append(entry, WalCodec.write(entry));
  }

  private static WalEntry entry(long sequence, String commitId) {
    return new WalEntry(sequence, 1, "incarnation", commitId, List.of());
  }

  private void put(long sequence, WalEntry entry) {
    put(sequence, WalCodec.write(entry));
  }

  private void put(long sequence, byte[] bytes) {
    storage.objects().put(wal.name(sequence), Payload.of(bytes), PutMode.OVERWRITE);
  }

  private String commitAt(long sequence) {
    return wal.read(sequence).orElseThrow().entry().orElseThrow().commitId();
  }

  private static List<Long> sequences(List<Found> found) {
    return found.stream().map(Found::sequence).toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
