package io.elacsym.format.parquet;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnBuilder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads some rows: the pages they are in and the dictionaries of these, in one wave. */
final class Fetch {
  private final ParquetSegmentReader reader;
  private final Decompressor decompressor;
  private final int[] rows;
  private final int[] sorted;
  private final List<ByteRange> ranges = new ArrayList<>();
  private final List<Wanted> wanted = new ArrayList<>();

  Fetch(ParquetSegmentReader reader, Decompressor decompressor, int[] rows) {
    this.reader = reader;
    this.decompressor = decompressor;
    this.rows = rows;
    this.sorted = Arrays.stream(rows).sorted().distinct().toArray();
  }

  /**
   * A page to read.
   *
   * @param isDictionary whether it is not the page itself but the dictionary it needs
   */
  private record Wanted(PageTable table, int page, boolean isDictionary) {}

  ColumnBatch run(List<PageTable> tables) throws IOException {
    tables.forEach(this::want);
    List<MemorySegment> bytes = reader.file().readAll(ranges);
    keepDictionaries(bytes);
    int[] order = Arrays.stream(rows).map(row -> Arrays.binarySearch(sorted, row)).toArray();
    List<Column> columns = new ArrayList<>();
    int next = 0;
    for (PageTable table : tables) {
      ColumnBuilder builder = new ColumnBuilder(table.column().spec(), sorted.length);
      next = decode(table, bytes, next, builder);
      Column column = builder.build();
      columns.add(Arrays.equals(rows, sorted) ? column : column.gather(order));
    }
    return ColumnBatch.of(rows.length, columns);
  }

  private void want(PageTable table) {
    int last = -1;
    long lastDictionary = -1;
    for (int row : sorted) {
      int page = table.pageOf(row);
      if (page == last) {
        continue;
      }
      last = page;
      Optional<ByteRange> dictionary = reader.missingDictionary(table, page);
      if (dictionary.isPresent() && dictionary.get().offset() != lastDictionary) {
        lastDictionary = dictionary.get().offset();
        ranges.add(dictionary.get());
        wanted.add(new Wanted(table, page, true));
      }
      ranges.add(table.range(page));
      wanted.add(new Wanted(table, page, false));
    }
  }

  private void keepDictionaries(List<MemorySegment> bytes) throws IOException {
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).isDictionary()) {
        reader.keepDictionary(
            wanted.get(i).table(), wanted.get(i).page(), bytes.get(i), decompressor);
      }
    }
  }

  /**
   * Decodes a column from the wanted pages from {@code next} on; returns the next column's first.
   */
  private int decode(PageTable table, List<MemorySegment> bytes, int next, ColumnBuilder to)
      throws IOException {
    int at = next;
    int done = 0;
    while (done < sorted.length) {
      Wanted page = wanted.get(at);
      MemorySegment segment = bytes.get(at++);
      if (page.isDictionary()) {
        continue;
      }
      PageRows found = reader.rows(table, page.page(), segment, decompressor);
      int position = table.firstRow(page.page());
      int end = table.endRow(page.page());
      for (; done < sorted.length && sorted[done] < end; done++) {
        found.skip(sorted[done] - position);
        found.read(1, to);
        position = sorted[done] + 1;
      }
    }
    return at;
  }
}
