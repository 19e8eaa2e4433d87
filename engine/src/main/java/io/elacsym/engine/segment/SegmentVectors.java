package io.elacsym.engine.segment;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.StoredVectors;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.SegmentReader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
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
  private final Lazy<Optional<StoredVectors>> placed = new Lazy<>();

  /**
   * @param file what the reader reads
   */
  SegmentVectors(VectorField field, SegmentReader reader, BlobSource file) {
    this.field = field;
    this.reader = reader;
    this.file = file;
  }

  @Override
  public void read(int[] rows, Run to) {
    Optional<StoredVectors> known =
        placed.get(() ->
            reader
                .vectorPlaces(field.name())
                .map(places -> StoredVectors.in(file, field.dimension(), places)));
    if (known.isPresent()) {
      known.get().read(rows, to);
    } else {
      decode(rows, to);
    }
  }

  private long stride() {
    return (long) Float.BYTES * field.dimension();
  }

  /** Reads vectors as any values are read, a part of them at a time. */
  private void decode(int[] rows, Run to) {
    int most = Math.toIntExact(Math.max(1, RowSizes.BATCH_BYTES / stride()));
    for (int start = 0; start < rows.length; start += most) {
      int end = Math.min(rows.length, start + most);
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
      to.accept(start, end, vectors.asReadOnly(), 0);
    }
  }
}
