package io.elacsym.tck;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A blob in memory that counts what is read of it. Safe for use by many threads. */
public final class MemoryBlobSource implements BlobSource {
  /** Ranges of one call are neighbours when they are less than this apart. */
  private static final long NEIGHBOUR_BYTES = 64 << 10;

  private final MemorySegment blob;

  /** What is read from here on does not count. */
  private final long countedBytes;

  private final AtomicLong waves = new AtomicLong();
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();

  /** A blob on the heap; the array is not copied. */
  public MemoryBlobSource(byte[] bytes) {
    this(MemorySegment.ofArray(bytes));
  }

  /** A blob that lies anywhere, of any size; not copied. */
  public MemoryBlobSource(MemorySegment blob) {
    this(blob, blob.byteSize());
  }

  private MemoryBlobSource(MemorySegment blob, long countedBytes) {
    this.blob = blob.asReadOnly();
    this.countedBytes = countedBytes;
  }

  /**
   * The same blob as readers get it from the host, with its tail in memory: what is read of its
   * last {@link BlobSource#TAIL_BYTES} does not count.
   */
  public MemoryBlobSource withTail() {
    return new MemoryBlobSource(blob, Math.max(0, blob.byteSize() - TAIL_BYTES));
  }

  /** The same blob, of which nothing was read yet. */
  public MemoryBlobSource unread() {
    return new MemoryBlobSource(blob, countedBytes);
  }

  /** The same blob in native memory, as a cache may hold it. */
  public MemoryBlobSource nativeCopy() {
    MemorySegment copy = Arena.ofAuto().allocate(Math.max(1, blob.byteSize()));
    return new MemoryBlobSource(copy.asSlice(0, blob.byteSize()).copyFrom(blob));
  }

  /** A copy of which only the first {@code size} bytes are left. */
  public MemoryBlobSource truncated(long size) {
    return new MemoryBlobSource(blob.asSlice(0, size));
  }

  /** A copy in which every bit of one byte is turned over. */
  public MemoryBlobSource corrupted(long offset) {
    byte[] bytes = bytes();
    bytes[Math.toIntExact(offset)] ^= (byte) 0xff;
    return new MemoryBlobSource(bytes);
  }

  @Override
  public long size() {
    return blob.byteSize();
  }

  @Override
  public List<MemorySegment> readAll(List<ByteRange> ranges) {
    List<MemorySegment> parts = new ArrayList<>(ranges.size());
    List<ByteRange> counted = new ArrayList<>();
    for (ByteRange range : ranges) {
      if (range.end() > size()) {
        throw ElacsymException.corrupt(
            "bytes " + range.offset() + "+" + range.length() + " of a blob of " + size());
      }
      parts.add(blob.asSlice(range.offset(), range.length()));
      if (range.within(countedBytes).length() > 0) {
        counted.add(range.within(countedBytes));
      }
    }
    count(counted);
    return parts;
  }

  private void count(List<ByteRange> ranges) {
    waves.addAndGet(ranges.isEmpty() ? 0 : 1);
    bytesRead.addAndGet(ranges.stream().mapToLong(ByteRange::length).sum());
    ranges.sort(Comparator.comparingLong(ByteRange::offset));
    for (int i = 0; i < ranges.size(); i++) {
      if (i == 0 || ranges.get(i).offset() - ranges.get(i - 1).end() >= NEIGHBOUR_BYTES) {
        reads.incrementAndGet();
      }
    }
  }

  /** How many calls of {@link #read} and {@link #readAll} read anything: waves of requests. */
  public long waves() {
    return waves.get();
  }

  /** How many requests these were: ranges of one call that are neighbours share one. */
  public long reads() {
    return reads.get();
  }

  /** How many bytes were read; those read twice count twice. */
  public long bytesRead() {
    return bytesRead.get();
  }

  /** A copy of the whole blob; does not count as a read. */
  public byte[] bytes() {
    return blob.toArray(ValueLayout.JAVA_BYTE);
  }
}
