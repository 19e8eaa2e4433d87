package io.elacsym.format.orc.read;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.format.orc.layout.LeafType;
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
          List<IndexedStream.Loaded> loaded = new ArrayList<>();
          for (int i = 0; i < ranges.size(); i++) {
            loaded.add(
                new IndexedStream.Loaded(streams.get(i), fromGroup, bytes.get(i), decompressor));
          }
          ColumnRows rows = rows(loaded.iterator());
          rows.skip(from - stripe.groupStart(fromGroup));
          return rows;
        });
  }

  private ColumnRows rows(Iterator<IndexedStream.Loaded> loaded) throws IOException {
    Presence presence =
        new Presence(present.isPresent() ? Optional.of(loaded.next().bits()) : Optional.empty());
    LeafType type = LeafType.of(spec);
    return spec.list()
        ? new ListRows(presence, loaded.next().runs(false), ValueReader.of(type, loaded))
        : new ScalarRows(presence, ValueReader.of(type, loaded));
  }
}
