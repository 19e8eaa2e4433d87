package io.elacsym.engine.segment;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.index.StoredVectors;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.VectorPlaces;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The vectors of a field, out of the file with the documents: straight from its bytes where the
 * format says where they lie, and decoded otherwise. Safe for use by many threads.
 */
final class SegmentVectors implements StoredVectors {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final VectorField field;
  private final SegmentReader reader;
  private final BlobSource file;
  private final Lazy<Optional<VectorPlaces>> places = new Lazy<>();

  /**
   * @param file what the reader reads
   */
  SegmentVectors(VectorField field, SegmentReader reader, BlobSource file) {
    this.field = field;
    this.reader = reader;
    this.file = file;
  }

  private Optional<VectorPlaces> places() {
    return places.get(() -> reader.vectorPlaces(field.name()));
  }

  @Override
  public void read(int[] rows, Run to) {
    if (rows.length == 0) {
      return;
    }
    if (places().isEmpty()) {
      decode(rows, 0, rows.length, to);
      return;
    }
    readPlaced(rows, places().get(), to);
  }

  private void readPlaced(int[] rows, VectorPlaces known, Run to) {
    long stride = stride();
    List<ByteRange> ranges = new ArrayList<>();
    int[] starts = new int[rows.length + 1];
    int[] ends = new int[rows.length];
    int from = 0;
    while (from < rows.length) {
      long offset = known.offset(rows[from]);
      int end = from + 1;
      if (offset == VectorPlaces.NOWHERE) {
        while (end < rows.length && known.offset(rows[end]) == VectorPlaces.NOWHERE) {
          end++;
        }
        decode(rows, from, end, to);
      } else {
        while (end < rows.length && known.offset(rows[end]) == offset + stride * (end - from)) {
          end++;
        }
        starts[ranges.size()] = from;
        ends[ranges.size()] = end;
        ranges.add(new ByteRange(offset, stride * (end - from)));
      }
      from = end;
    }
    List<MemorySegment> read = file.readAll(ranges);
    for (int i = 0; i < read.size(); i++) {
      to.accept(starts[i], ends[i], read.get(i), 0);
    }
  }

  private long stride() {
    return (long) Float.BYTES * field.dimension();
  }

  /** Reads vectors as any values are read, a part of them at a time. */
  private void decode(int[] rows, int from, int to, Run receiver) {
    int most = Math.toIntExact(Math.max(1, RowSizes.BATCH_BYTES / stride()));
    for (int start = from; start < to; start += most) {
      int end = Math.min(to, start + most);
      int[] part = Arrays.copyOfRange(rows, start, end);
      Column column = reader.fetch(part, List.of(field.name())).column(field.name());
      for (int i = 0; i < part.length; i++) {
        if (!column.isPresent(i)) {
          throw ElacsymException.corrupt(
              "row " + part[i] + " has no vector, and an index of the segment has one for it");
        }
      }
      // Of bytes, as what comes out of the caches is: kernels that meet two kinds of memory are
      // slow.
      int floats = part.length * field.dimension();
      MemorySegment vectors = MemorySegment.ofArray(new byte[Float.BYTES * floats]);
      MemorySegment.copy(column.floats(), 0, vectors, FLOAT, 0, floats);
      receiver.accept(start, end, vectors.asReadOnly(), 0);
    }
  }
}
