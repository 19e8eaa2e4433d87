package io.elacsym.tck;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A blob in memory that counts what is read of it. Safe for use by many threads. */
public final class MemoryBlobSource implements BlobSource {
  private final MemorySegment blob;
  private final AtomicLong waves = new AtomicLong();
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();

  /** A blob on the heap; the array is not copied. */
  public MemoryBlobSource(byte[] bytes) {
    this(MemorySegment.ofArray(bytes));
  }

  private MemoryBlobSource(MemorySegment blob) {
    this.blob = blob.asReadOnly();
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
    waves.incrementAndGet();
    List<MemorySegment> parts = new ArrayList<>(ranges.size());
    for (ByteRange range : ranges) {
      if (range.end() > size()) {
        throw ElacsymException.corrupt(
            "bytes " + range.offset() + "+" + range.length() + " of a blob of " + size());
      }
      reads.incrementAndGet();
      bytesRead.addAndGet(range.length());
      parts.add(blob.asSlice(range.offset(), range.length()));
    }
    return parts;
  }

  /** How many calls of {@link #read} and {@link #readAll} there were: waves of requests. */
  public long waves() {
    return waves.get();
  }

  /** How many ranges were read. */
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
