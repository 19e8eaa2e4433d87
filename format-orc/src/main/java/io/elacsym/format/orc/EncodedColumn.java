package io.elacsym.format.orc;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.ColumnSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A column of any type but vector: rows are decoded from the start of their row group on.
 *
 * @param present the present stream, if some rows have no value
 * @param others the other streams in order, for a list its lengths before those of its elements
 */
record EncodedColumn(
    ColumnSpec spec,
    StripePlace stripe,
    Optional<IndexedStream> present,
    List<IndexedStream> others)
    implements StripeColumn {

  @Override
  public int unitEnd(int row) {
    return stripe.groupEnd(stripe.groupOf(row));
  }

  @Override
  public ColumnPart part(int from, int to) {
    int fromGroup = stripe.groupOf(from);
    int toGroup = stripe.groupOf(to - 1) + 1;
    List<IndexedStream> streams = new ArrayList<>(present.stream().toList());
    streams.addAll(others);
    List<ByteRange> ranges =
        streams.stream().map(stream -> stream.bytes(fromGroup, toGroup)).toList();
    return new ColumnPart(
        from,
        to,
        ranges,
        (bytes, decompressor) -> {
          List<ValueReader.Start> starts = new ArrayList<>();
          for (int i = 0; i < ranges.size(); i++) {
            IndexedStream stream = streams.get(i);
            starts.add(
                new ValueReader.Start(
                    stream.open(ranges.get(i), bytes.get(i), decompressor),
                    stream.position(fromGroup)));
          }
          ColumnRows rows = rows(starts.iterator());
          rows.skip(from - stripe.groupStart(fromGroup));
          return rows;
        });
  }

  private ColumnRows rows(Iterator<ValueReader.Start> starts) throws IOException {
    Presence presence =
        new Presence(present.isPresent() ? Optional.of(starts.next().bits()) : Optional.empty());
    LeafType type = LeafType.of(spec);
    return spec.list()
        ? new ListRows(presence, starts.next().runs(false), ValueReader.of(type, starts))
        : new ScalarRows(presence, ValueReader.of(type, starts));
  }
}
