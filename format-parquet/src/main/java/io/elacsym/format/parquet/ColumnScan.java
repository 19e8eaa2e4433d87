package io.elacsym.format.parquet;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBuilder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One column of a scan: which pages are loaded, and where in them it is. For one thread. */
final class ColumnScan {
  private final ParquetSegmentFile file;
  private final PageTable table;
  private final Decompressor decompressor;
  private final Deque<Loaded> loaded = new ArrayDeque<>();
  private final List<Loaded> dictionaries = new ArrayList<>();
  private int nextPage;
  private int wantedEnd;
  private int row;
  private Optional<PageRows> open = Optional.empty();
  private int openEnd;

  ColumnScan(ParquetSegmentFile file, PageTable table, Decompressor decompressor, int fromRow) {
    this.file = file;
    this.table = table;
    this.decompressor = decompressor;
    this.row = fromRow;
    this.nextPage = fromRow == file.rows() ? 0 : table.pageOf(fromRow);
  }

  private record Loaded(int page, MemorySegment bytes) {}

  /** How many bytes of pages are to be loaded for the rows before {@code end}. */
  long bytesTo(int end) {
    long bytes = 0;
    int last = table.pageOf(end - 1);
    for (int page = nextPage; page <= last; page++) {
      bytes += table.length(page);
    }
    return bytes;
  }

  /** Adds what must be loaded for the rows before {@code end}: pages, then dictionaries. */
  void want(int end, List<ByteRange> ranges) {
    wantedEnd = table.pageOf(end - 1) + 1;
    for (int page = nextPage; page < wantedEnd; page++) {
      ranges.add(table.range(page));
    }
    dictionaries.clear();
    long known = -1;
    for (int page = nextPage; page < wantedEnd; page++) {
      Optional<ByteRange> dictionary = file.missingDictionary(table, page);
      if (dictionary.isPresent() && dictionary.get().offset() != known) {
        known = dictionary.get().offset();
        ranges.add(dictionary.get());
        dictionaries.add(new Loaded(page, MemorySegment.NULL));
      }
    }
  }

  /** Takes the answers to {@link #want} from {@code next} on; returns where they end. */
  int take(List<MemorySegment> bytes, int next) throws IOException {
    int at = next;
    for (; nextPage < wantedEnd; nextPage++) {
      loaded.add(new Loaded(nextPage, bytes.get(at++)));
    }
    for (Loaded dictionary : dictionaries) {
      file.keepDictionary(table, dictionary.page(), bytes.get(at++), decompressor);
    }
    return at;
  }

  /** The next rows, whose pages are loaded. */
  Column read(int count) throws IOException {
    ColumnBuilder builder = new ColumnBuilder(table.column().spec(), count);
    int end = row + count;
    while (row < end) {
      PageRows rows = open.isPresent() ? open.get() : openNext();
      int take = Math.min(end, openEnd) - row;
      rows.read(take, builder);
      row += take;
      if (row == openEnd) {
        open = Optional.empty();
      }
    }
    return builder.build();
  }

  private PageRows openNext() throws IOException {
    Loaded page = loaded.remove();
    PageRows rows = file.rows(table, page.page(), page.bytes(), decompressor);
    rows.skip(row - table.firstRow(page.page()));
    openEnd = table.endRow(page.page());
    open = Optional.of(rows);
    return rows;
  }

  void drop() {
    loaded.clear();
    open = Optional.empty();
  }
}
