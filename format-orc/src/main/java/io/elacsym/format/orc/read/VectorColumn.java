package io.elacsym.format.orc.read;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.ColumnSpec;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A column of vectors. Where every row has one, its bytes follow from the row's number, and nothing
 * else is read.
 *
 * @param present the present stream, if some rows have no vector
 * @param vectorsBefore for each row group, and after the last, how many vectors are before it
 */
record VectorColumn(
    ColumnSpec spec,
    StripePlace stripe,
    Optional<IndexedStream> present,
    int[] vectorsBefore,
    VectorBytes vectors)
    implements StripeColumn {
  VectorColumn {
    int vectorCount = vectorsBefore[stripe.groups()];
    if (present.isEmpty() && vectorCount != stripe.rows()) {
      throw ElacsymException.corrupt(
          "of "
              + stripe.rows()
              + " rows of a stripe of the ORC file all have a vector, but there are "
              + vectorCount);
    }
  }

  private boolean isFull(int fromGroup, int toGroup) {
    return vectorsBefore[toGroup] - vectorsBefore[fromGroup]
        == stripe.groupEnd(toGroup - 1) - stripe.groupStart(fromGroup);
  }

  private long byteOf(int vector) {
    return (long) vector * spec.dimension() * Float.BYTES;
  }

  @Override
  public int unitEnd(int row) {
    int group = stripe.groupOf(row);
    return isFull(group, group + 1) ? row + 1 : stripe.groupEnd(group);
  }

  @Override
  public ColumnPart part(int from, int to) {
    int fromGroup = stripe.groupOf(from);
    int toGroup = stripe.groupOf(to - 1) + 1;
    return isFull(fromGroup, toGroup)
        ? full(from, to, vectorsBefore[fromGroup] - stripe.groupStart(fromGroup))
        : sparse(from, to, fromGroup, toGroup, present.orElseThrow());
  }

  /**
   * The bytes of some rows that all have a vector.
   *
   * @param shift what must be added to the number of a row to get the number of its vector
   */
  private ColumnPart full(int from, int to, int shift) {
    long start = byteOf(from + shift);
    return new ColumnPart(
        from,
        to,
        List.of(vectors.range(start, byteOf(to + shift))),
        (bytes, decompressor) -> rows(new Presence(Optional.empty()), bytes.getFirst(), start));
  }

  private ColumnPart sparse(
      int from, int to, int fromGroup, int toGroup, IndexedStream presentStream) {
    long start = byteOf(vectorsBefore[fromGroup]);
    List<ByteRange> ranges = new ArrayList<>();
    ranges.add(presentStream.bytes(fromGroup, toGroup));
    ranges.add(vectors.range(start, byteOf(vectorsBefore[toGroup])));
    return new ColumnPart(
        from,
        to,
        ranges,
        (bytes, decompressor) -> {
          IndexedStream.Loaded loaded =
              new IndexedStream.Loaded(presentStream, fromGroup, bytes.getFirst(), decompressor);
          ColumnRows rows = rows(new Presence(Optional.of(loaded.bits())), bytes.getLast(), start);
          rows.skip(from - stripe.groupStart(fromGroup));
          return rows;
        });
  }

  private ColumnRows rows(Presence presence, MemorySegment bytes, long start) {
    return new VectorRows(presence, vectors, bytes, start, spec.dimension());
  }
}
