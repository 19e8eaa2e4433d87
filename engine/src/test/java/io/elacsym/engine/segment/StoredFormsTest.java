package io.elacsym.engine.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.index.RowSet;
import io.elacsym.engine.blob.BlobStore;
import io.elacsym.engine.blob.BlockCache;
import io.elacsym.engine.blob.Checksums;
import io.elacsym.engine.disk.Scratch;
import io.elacsym.engine.disk.Scratches;
import io.elacsym.engine.manifest.SegmentEntry.Tombstones;
import io.elacsym.engine.model.DocId;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.memory.MemoryStorage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Envelopes and tombstones of version 1, byte for byte. */
final class StoredFormsTest {
  private static final Scratch SCRATCH = Scratches.shared();

  private static byte[] golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            StoredFormsTest.class.getResourceAsStream("/golden/" + name), name)) {
      return in.readAllBytes();
    }
  }

  private static Envelope numbered() {
    return new Envelope(
        new Checksums(70_000, new int[] {7, -9}),
        SegmentIds.ofRows(IdList.ofNumbers(new long[] {5, -1, 0, 1L << 40})),
        RowSizes.of(new long[] {0, 7, 100, 8_000_000}, Map.of("body", 8_000_000L, "größe", 64L)));
  }

  private static Envelope named() {
    return new Envelope(
        new Checksums(1, new int[] {1}),
        SegmentIds.ofRows(IdList.ofTexts(new String[] {"otter", "Ängström", "kelp"})),
        RowSizes.of(new long[] {64, 64, 0}, Map.of()));
  }

  private static byte[] bytes(Envelope envelope) {
    MemoryBlobSink sink = new MemoryBlobSink();
    envelope.write(sink);
    return sink.bytes();
  }

  @Test
  void anEnvelopeOfVersionOneIsReadAndWrittenUnchanged() throws IOException {
    assertArrayEquals(golden("segment-envelope-1-uint.bin"), bytes(numbered()));
    assertArrayEquals(golden("segment-envelope-1-string.bin"), bytes(named()));
    Envelope read = Envelope.read("e", new MemoryBlobSource(golden("segment-envelope-1-uint.bin")));
    assertEquals(70_000, read.checksums().blobBytes());
    assertArrayEquals(new int[] {7, -9}, read.checksums().crcs());
    assertEquals(1, read.ids().row(DocId.of(-1)).getAsInt());
    assertEquals(DocId.of(1L << 40), read.ids().id(3));
    assertEquals(7, read.sizes().ofRows(List.of("body")).applyAsLong(1));
    assertEquals(64, read.sizes().ofRows(List.of("größe")).applyAsLong(3));
    assertEquals(8_000_000, read.sizes().ofRows(List.of("body")).applyAsLong(3));
    Envelope text =
        Envelope.read("e", new MemoryBlobSource(golden("segment-envelope-1-string.bin")));
    assertEquals(1, text.ids().row(DocId.of("Ängström")).getAsInt());
  }

  @Test
  void anEnvelopeCutOffAnywhereIsCorrupt() {
    for (Envelope envelope : new Envelope[] {numbered(), named()}) {
      byte[] whole = bytes(envelope);
      for (int length = 0; length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        ElacsymException e =
            assertThrows(
                ElacsymException.class, () -> Envelope.read("e", new MemoryBlobSource(part)));
        assertEquals(ErrorKind.CORRUPT, e.kind());
      }
    }
  }

  @Test
  void tombstonesOfVersionOneAreReadAndWrittenUnchanged() throws IOException {
    MemoryStorage storage = new MemoryStorage();
    BlobStore blobs =
        new BlobStore(storage, new BlockCache(1 << 20), Optional.empty(), SCRATCH, bytes -> {});
    BitSet alive = new BitSet();
    alive.set(0, 100_000);
    alive.clear(3);
    alive.clear(500, 700);
    alive.clear(99_999);
    RowSet rows = RowSet.of(100_000, alive);
    Tombstones stored = TombstoneCodec.store(blobs, "ns", "segment", "1", rows);
    String name = "ns/" + stored.blob().name();
    assertEquals("ns/tombstones/segment-1.roaring", name);
    assertEquals(202, stored.count());
    assertArrayEquals(
        golden("tombstones-1.roaring.bin"), storage.get(name, ByteRange.ALL).orElseThrow().bytes());
    RowSet read =
        TombstoneCodec.read(
            name, blobs.openSealed(name, stored.blob().bytes(), 0, held -> {}), stored, 100_000);
    for (int row = 0; row < 100_000; row++) {
      assertEquals(rows.contains(row), read.contains(row), "row " + row);
    }
  }
}
