package io.elacsym.engine.segment;

import io.elacsym.api.index.VectorRows;
import io.elacsym.engine.disk.Scratch;
import io.elacsym.engine.task.OnFailure;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The vectors of one field while a segment is built: in native memory, or in a mapped temporary
 * file when they are many. Written by one thread, then read by many.
 */
final class VectorTable implements VectorRows, AutoCloseable {
  /** Beyond this the kernel may page vectors out instead of the machine running out of memory. */
  private static final long MAX_NATIVE_BYTES = 256L << 20;

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int dimension;
  private final int segmentRows;
  private final Arena arena = Arena.ofShared();
  private final Scratch scratch;
  private final MemorySegment vectors;
  private int[] rows;
  private int count;

  /**
   * @param segmentRows rows of the segment, each with at most one vector
   * @param scratch where it lies when it is too large for memory
   */
  VectorTable(int dimension, int segmentRows, Scratch scratch) {
    this.scratch = scratch;
    this.dimension = dimension;
    this.segmentRows = segmentRows;
    this.rows = new int[segmentRows];
    long bytes = (long) segmentRows * dimension * Float.BYTES;
    this.vectors = allocated(bytes);
  }

  private MemorySegment allocated(long bytes) {
    return OnFailure.undo(
        arena::close, () -> bytes <= MAX_NATIVE_BYTES ? arena.allocate(bytes, 64) : mapped(bytes));
  }

  private MemorySegment mapped(long bytes) {
    try {
      Path file = scratch.newFile(".vectors");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
      }
    } catch (IOException e) {
      throw scratch.failed(e);
    }
  }

  /** Appends the vector of a row, in ascending order of rows. */
  void append(int row, float[] from, int at) {
    rows[count] = row;
    MemorySegment.copy(from, at, vectors, FLOAT, offset(count), dimension);
    count++;
  }

  /** The same vectors with rows renumbered: {@code order[newRow] = oldRow}. */
  VectorTable permuted(int[] order) {
    int[] itemOfRow = new int[segmentRows];
    Arrays.fill(itemOfRow, -1);
    for (int item = 0; item < count; item++) {
      itemOfRow[rows[item]] = item;
    }
    VectorTable result = new VectorTable(dimension, segmentRows, scratch);
    for (int row = 0; row < order.length; row++) {
      int item = itemOfRow[order[row]];
      if (item >= 0) {
        result.rows[result.count] = row;
        MemorySegment.copy(vectors, offset(item), result.vectors, offset(result.count), offset(1));
        result.count++;
      }
    }
    return result;
  }

  private long offset(int item) {
    return (long) item * dimension * Float.BYTES;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int row(int item) {
    return rows[item];
  }

  @Override
  public int segmentRows() {
    return segmentRows;
  }

  @Override
  public MemorySegment vectors() {
    return vectors.asSlice(0, offset(count)).asReadOnly();
  }

  @Override
  public void copy(int item, float[] to, int at) {
    MemorySegment.copy(vectors, FLOAT, offset(item), to, at, dimension);
  }

  /** The item of the first row that is {@code row} or greater. */
  int firstItemFrom(int row) {
    int found = Arrays.binarySearch(rows, 0, count, row);
    return found >= 0 ? found : -found - 1;
  }

  @Override
  public void close() {
    arena.close();
  }
}
