package io.elacsym.format.orc.costs;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * A blob as the engine has it: bytes are loaded in blocks of 64 KiB, because each of these has a
 * checksum, neighbouring blocks by one request, and each of them once; those of the tail first.
 * Counts what that takes.
 */
final class Blocks implements BlobSource {
  private static final int BLOCK = 64 << 10;

  private final MemorySegment blob;
  private final BitSet loaded = new BitSet();
  private int waves;
  private int requests;
  private int blocks;

  Blocks(byte[] blob) {
    this.blob = MemorySegment.ofArray(blob).asReadOnly();
    long tail = Math.min(TAIL_BYTES, blob.length);
    readAll(List.of(new ByteRange(blob.length - tail, tail)));
  }

  @Override
  public long size() {
    return blob.byteSize();
  }

  @Override
  public List<MemorySegment> readAll(List<ByteRange> ranges) {
    BitSet missing = new BitSet();
    for (ByteRange range : ranges) {
      if (range.length() > 0) {
        missing.set((int) (range.offset() / BLOCK), (int) ((range.end() - 1) / BLOCK) + 1);
      }
    }
    missing.andNot(loaded);
    if (!missing.isEmpty()) {
      waves++;
      blocks += missing.cardinality();
      for (int at = missing.nextSetBit(0); at >= 0; at = missing.nextSetBit(at)) {
        requests++;
        at = missing.nextClearBit(at);
      }
      loaded.or(missing);
    }
    return ranges.stream().map(range -> blob.asSlice(range.offset(), range.length())).toList();
  }

  /** Prints what was loaded since this was done last. */
  void print(String what) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d waves, %,d requests, %,d KiB%n",
        what,
        waves,
        requests,
        (long) blocks * (BLOCK >> 10));
    waves = 0;
    requests = 0;
    blocks = 0;
  }
}
