package io.elacsym.format.orc.read;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnBuilder;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.format.columnar.ColumnarFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads columns front to back. Row groups are read some megabytes at a time, all columns in one
 * wave.
 */
final class OrcScan implements ColumnarFile.Scan {
  private final OrcSegmentFile file;
  private final List<StripeDirectory> stripes;
  private final List<ColumnSpec> columns;
  private final Decompressor decompressor;
  private List<ColumnRows> loaded = List.of();
  private int row;
  private int loadedTo;

  /**
   * @param stripes those in which rows from {@code fromRow} on are
   */
  OrcScan(
      OrcSegmentFile file,
      List<StripeDirectory> stripes,
      List<ColumnSpec> columns,
      Decompressor decompressor,
      int fromRow) {
    this.file = file;
    this.stripes = stripes;
    this.columns = columns;
    this.decompressor = decompressor;
    this.row = fromRow;
    this.loadedTo = fromRow;
  }

  @Override
  public ColumnBatch next(int most) throws IOException {
    if (row == loadedTo) {
      load();
    }
    int count = Math.min(most, loadedTo - row);
    List<Column> batch = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      ColumnBuilder builder = new ColumnBuilder(columns.get(i), count);
      loaded.get(i).read(count, builder);
      batch.add(builder.build());
    }
    row += count;
    return ColumnBatch.of(count, batch);
  }

  /**
   * What is read in one wave.
   *
   * @param end the first row after it, in the file
   * @param parts one for each column
   */
  private record Wave(int end, List<ColumnPart> parts) {
    List<ByteRange> ranges() {
      return parts.stream().flatMap(part -> part.ranges().stream()).toList();
    }

    long size() {
      return parts.stream().mapToLong(ColumnPart::size).sum();
    }
  }

  private void load() throws IOException {
    Wave wave = wave(row);
    List<MemorySegment> bytes = file.source().readAll(wave.ranges());
    List<ColumnRows> opened = new ArrayList<>();
    int next = 0;
    for (ColumnPart part : wave.parts()) {
      int end = next + part.ranges().size();
      opened.add(part.opener().open(bytes.subList(next, end), decompressor));
      next = end;
    }
    loaded = opened;
    loadedTo = wave.end();
  }

  /** As many row groups of one stripe as are one wave by the size of the first of them. */
  private Wave wave(int from) {
    StripeDirectory stripe =
        stripes.stream().filter(s -> from < s.place().endRow()).findFirst().orElseThrow();
    StripePlace place = stripe.place();
    int start = from - place.firstRow();
    int group = place.groupOf(start);
    long size = Math.max(1, wave(stripe, start, place.groupEnd(group)).size());
    int groups = Math.clamp(ColumnarFile.WAVE_BYTES / size, 1, place.groups() - group);
    return wave(stripe, start, place.groupEnd(group + groups - 1));
  }

  private Wave wave(StripeDirectory stripe, int start, int end) {
    List<ColumnPart> parts =
        columns.stream().map(column -> stripe.column(column.name()).part(start, end)).toList();
    return new Wave(stripe.place().firstRow() + end, parts);
  }

  @Override
  public void close() {
    loaded = List.of();
    decompressor.close();
  }
}
