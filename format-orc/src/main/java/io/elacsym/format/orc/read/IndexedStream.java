package io.elacsym.format.orc.read;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.format.orc.layout.StreamShape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.PrimitiveIterator;
import org.apache.orc.impl.BitFieldReader;
import org.apache.orc.impl.PositionProvider;
import org.apache.orc.impl.RunLengthIntegerReaderV2;

/**
 * A stream of a stripe: where it lies, and where row groups begin in it. Immutable.
 *
 * <p>A position is that of a chunk in the stream and of a byte in the chunk, or only that of a byte
 * when there are no chunks, and then the shape's counters.
 */
final class IndexedStream {
  /** The header of a chunk. */
  static final int HEADER_BYTES = 3;

  private final String name;
  private final StreamShape shape;
  private final ByteRange whole;
  private final int chunkBytes;
  private final long[] positions;
  private final int width;
  private final int at;

  /**
   * @param whole where it lies in the file
   * @param chunkBytes most bytes of a chunk; 0 when there are none
   * @param positions for each row group those of all streams of the ORC column
   * @param width how many numbers a row group has in {@code positions}
   * @param at the first of these that is this stream's
   */
  IndexedStream(
      String name,
      StreamShape shape,
      ByteRange whole,
      int chunkBytes,
      long[] positions,
      int width,
      int at) {
    this.name = name;
    this.shape = shape;
    this.whole = whole;
    this.chunkBytes = chunkBytes;
    this.positions = positions;
    this.width = width;
    this.at = at;
    for (int group = 0; group < groups(); group++) {
      boolean isPossible =
          start(group) >= (group == 0 ? 0 : start(group - 1))
              && start(group) <= whole.length()
              && startInChunk(group) >= 0
              && startInChunk(group) <= chunkBytes;
      if (!isPossible) {
        throw ElacsymException.corrupt(
            "row group "
                + group
                + " of the ORC file cannot begin at "
                + start(group)
                + " + "
                + startInChunk(group)
                + " of "
                + name
                + ", which has "
                + whole.length()
                + " bytes");
      }
    }
  }

  /** How many numbers a position has. */
  static int positionWidth(StreamShape shape, int chunkBytes) {
    return (chunkBytes > 0 ? 2 : 1) + shape.counters();
  }

  private int groups() {
    return positions.length / width;
  }

  /**
   * Where a row group begins in the stream: at this byte, or, if there are chunks, somewhere in the
   * chunk that begins at this byte.
   */
  private long start(int group) {
    return positions[group * width + at];
  }

  /**
   * How many decompressed bytes of that chunk come before the row group; 0 if there are no chunks.
   */
  private long startInChunk(int group) {
    return chunkBytes > 0 ? positions[group * width + at + 1] : 0;
  }

  /** The bytes that decoding some row groups takes, and as few others as can be known. */
  ByteRange bytes(int fromGroup, int toGroup) {
    long start = start(fromGroup);
    long end = Math.min(whole.length(), toGroup == groups() ? whole.length() : end(toGroup));
    return new ByteRange(Math.addExact(whole.offset(), start), end - start);
  }

  /** Where reading may end: behind all bytes that the row groups before {@code group} need. */
  private long end(int group) {
    // A run that begins before a group may hold values of it, and ends somewhere beyond.
    long rest = isWithinRun(group) ? shape.maxRunBytes() : 0;
    if (chunkBytes == 0) {
      return start(group) + rest;
    }
    long inChunks = startInChunk(group) + rest;
    long end = start(group);
    for (long bytes = 0; bytes < inChunks; bytes += chunkBytes) {
      end = afterChunk(end, group);
    }
    return end;
  }

  private boolean isWithinRun(int group) {
    int counters = group * width + at + positionWidth(shape, chunkBytes) - shape.counters();
    for (int i = 0; i < shape.counters(); i++) {
      if (positions[counters + i] != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Not before the end of the chunk that begins at {@code chunk}, where a group before or at {@code
   * group} begins: the next chunk in which a group begins, if that is no further than a chunk can
   * reach.
   */
  private long afterChunk(long chunk, int group) {
    long furthest = chunk + HEADER_BYTES + chunkBytes;
    for (int next = group + 1; next < groups(); next++) {
      if (start(next) > chunk) {
        return Math.min(start(next), furthest);
      }
    }
    return furthest;
  }

  /**
   * Some of a stream's bytes in memory.
   *
   * @param stream whose they are
   * @param group the row group with whose chunk or byte they begin
   */
  record Loaded(IndexedStream stream, int group, MemorySegment bytes, Decompressor decompressor) {

    /** Bits, from the row group on. */
    BitFieldReader bits() throws IOException {
      BitFieldReader bits = new BitFieldReader(open());
      bits.seek(position());
      return bits;
    }

    /** Whole numbers, from the row group on. */
    RunLengthIntegerReaderV2 runs(boolean isSigned) throws IOException {
      RunLengthIntegerReaderV2 runs = new RunLengthIntegerReaderV2(open(), isSigned, false);
      runs.seek(position());
      return runs;
    }

    /** Bytes, from the row group on. */
    ByteReader reader() {
      ByteReader reader = decompressor.reader(bytes);
      reader.skip(stream.startInChunk(group));
      return reader;
    }

    private RunStream open() {
      return new RunStream(stream.name, decompressor.reader(bytes));
    }

    private PositionProvider position() {
      PrimitiveIterator.OfLong next =
          Arrays.stream(
                  stream.positions, group * stream.width + stream.at, (group + 1) * stream.width)
              .iterator();
      return next::nextLong;
    }
  }
}
