package io.elacsym.format.orc.read;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnBuilder;
import io.elacsym.api.segment.ColumnSpec;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Reads some rows: the parts of the columns that they are in, in one wave. */
final class Fetch {
  private final OrcSegmentFile file;
  private final Decompressor decompressor;
  private final int[] rows;
  private final List<ByteRange> ranges = new ArrayList<>();

  /**
   * @param rows in order and distinct
   */
  Fetch(OrcSegmentFile file, Decompressor decompressor, int[] rows) {
    this.file = file;
    this.decompressor = decompressor;
    this.rows = rows;
  }

  /**
   * A part to read.
   *
   * @param firstRow of the stripe, in the file
   */
  private record Wanted(ColumnPart part, int firstRow) {}

  ColumnBatch run(List<ColumnSpec> columns) throws IOException {
    List<StripeDirectory> stripes = file.stripes(rows);
    List<List<Wanted>> wanted =
        columns.stream().map(column -> want(column.name(), stripes)).toList();
    List<MemorySegment> bytes = file.source().readAll(ranges);
    List<Column> result = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < columns.size(); i++) {
      ColumnBuilder builder = new ColumnBuilder(columns.get(i), rows.length);
      next = decode(wanted.get(i), bytes, next, builder);
      result.add(builder.build());
    }
    return ColumnBatch.of(rows.length, result);
  }

  private List<Wanted> want(String name, List<StripeDirectory> stripes) {
    List<Wanted> parts = new ArrayList<>();
    int next = 0;
    for (StripeDirectory stripe : stripes) {
      StripePlace place = stripe.place();
      StripeColumn column = stripe.column(name);
      while (next < rows.length && rows[next] < place.endRow()) {
        int from = rows[next] - place.firstRow();
        int unitEnd = place.firstRow() + column.unitEnd(from);
        int last = from;
        for (; next < rows.length && rows[next] < unitEnd; next++) {
          last = rows[next] - place.firstRow();
        }
        ColumnPart part = column.part(from, last + 1);
        ranges.addAll(part.ranges());
        parts.add(new Wanted(part, place.firstRow()));
      }
    }
    return parts;
  }

  /**
   * Decodes a column from the bytes from {@code next} on; returns where those of the next column
   * begin.
   */
  private int decode(List<Wanted> parts, List<MemorySegment> bytes, int next, ColumnBuilder to)
      throws IOException {
    int at = next;
    int done = 0;
    for (Wanted wanted : parts) {
      ColumnPart part = wanted.part();
      int end = at + part.ranges().size();
      ColumnRows found = part.opener().open(bytes.subList(at, end), decompressor);
      at = end;
      int position = part.from();
      while (done < rows.length && rows[done] < wanted.firstRow() + part.to()) {
        int row = rows[done++] - wanted.firstRow();
        found.skip(row - position);
        found.read(1, to);
        position = row + 1;
      }
    }
    return at;
  }
}
