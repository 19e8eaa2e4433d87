package io.elacsym.format.parquet;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnBuilder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads some rows: the pages they are in and the dictionaries of these, in one wave. */
final class Fetch {
  private final ParquetSegmentFile file;
  private final Decompressor decompressor;
  private final int[] rows;
  private final List<ByteRange> ranges = new ArrayList<>();
  private final List<Wanted> wanted = new ArrayList<>();

  /**
   * @param rows in order and distinct
   */
  Fetch(ParquetSegmentFile file, Decompressor decompressor, int[] rows) {
    this.file = file;
    this.decompressor = decompressor;
    this.rows = rows;
  }

  /**
   * A page to read.
   *
   * @param isDictionary whether it is not the page itself but the dictionary it needs
   */
  private record Wanted(PageTable table, int page, boolean isDictionary) {}

  ColumnBatch run(List<PageTable> tables) throws IOException {
    tables.forEach(this::want);
    List<MemorySegment> bytes = file.source().readAll(ranges);
    keepDictionaries(bytes);
    List<Column> columns = new ArrayList<>();
    int next = 0;
    for (PageTable table : tables) {
      ColumnBuilder builder = new ColumnBuilder(table.column().spec(), rows.length);
      next = decode(table, bytes, next, builder);
      columns.add(builder.build());
    }
    return ColumnBatch.of(rows.length, columns);
  }

  private void want(PageTable table) {
    int last = -1;
    long lastDictionary = -1;
    for (int row : rows) {
      int page = table.pageOf(row);
      if (page == last) {
        continue;
      }
      last = page;
      Optional<ByteRange> dictionary = file.missingDictionary(table, page);
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
        file.keepDictionary(
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
    while (done < rows.length) {
      Wanted page = wanted.get(at);
      MemorySegment segment = bytes.get(at++);
      if (page.isDictionary()) {
        continue;
      }
      PageRows found = file.rows(table, page.page(), segment, decompressor);
      int position = table.firstRow(page.page());
      int end = table.endRow(page.page());
      for (; done < rows.length && rows[done] < end; done++) {
        found.skip(rows[done] - position);
        found.read(1, to);
        position = rows[done] + 1;
      }
    }
    return at;
  }
}
