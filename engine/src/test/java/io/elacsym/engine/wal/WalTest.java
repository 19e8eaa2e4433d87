package io.elacsym.engine.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.engine.cas.NumberedLog;
import io.elacsym.engine.cas.NumberedLog.Append;
import io.elacsym.engine.cas.NumberedLog.Found;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalTest {
  private final MemoryStorage storage = new MemoryStorage();
  private final NumberedLog<WalEntry> wal = Wal.of(storage, "books", "a1");

  private static WalEntry entry(long sequence, String commitId) {
    return new WalEntry(sequence, 1, "incarnation", commitId, List.of());
  }

  @Test
  void anEntryIsStoredUnderItsNumber() {
    assertThat(wal.append(Wal.draft(entry(42, "a")))).isEqualTo(Append.WON);
    assertThat(storage.head("books/wal/00000000000000000042-a1.wal")).isPresent();
    Found<WalEntry> found = wal.read(42).orElseThrow();
    assertThat(found.entry()).hasValue(entry(42, "a"));
    assertThat(found.bytes()).isEqualTo(storage.head(wal.name(42)).orElseThrow().size());
  }

  @Test
  void itsCommitIdTellsWhoseAnEntryIs() {
    assertThat(Wal.draft(entry(1, "a")).isOurs()).accepts(entry(1, "a")).rejects(entry(1, "b"));
  }

  @Test
  void anEntryCopiedToAnotherNumberIsDamaged() {
    storage.put(wal.name(2), Payload.of(WalCodec.write(entry(1, "a"))), PutMode.OVERWRITE);
    assertThat(wal.read(2).orElseThrow().damage()).isPresent();
  }
}
