package io.elacsym.format.parquet;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.format.DataPageHeaderV2;

/**
 * Reads one file. The footer is read at open, the page table of a column when it is first used;
 * both are kept, as are dictionaries.
 */
final class ParquetSegmentReader implements SegmentReader {
  private final BlobSource file;
  private final Footer footer;
  private final Map<String, PageTable> tables = new ConcurrentHashMap<>();
  private final Map<Long, Dictionary> dictionaries = new ConcurrentHashMap<>();

  private ParquetSegmentReader(BlobSource file, Footer footer) {
    this.file = file;
    this.footer = footer;
  }

  static ParquetSegmentReader open(BlobSource source) {
    return decoding(() -> new ParquetSegmentReader(source, Footer.read(source)));
  }

  /** Something that reads encoded bytes. */
  @FunctionalInterface
  interface Decoding<T> {
    T run() throws IOException;
  }

  /**
   * Runs it. Whatever the library throws at bytes that are not what was written, it is {@code
   * CORRUPT}: it has no exception of its own for that.
   */
  static <T> T decoding(Decoding<T> decoding) {
    try {
      return decoding.run();
    } catch (ElacsymException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new ElacsymException(ErrorKind.CORRUPT, "the Parquet file cannot be decoded: " + e, e);
    }
  }

  @Override
  public SegmentSchema schema() {
    return footer.schema();
  }

  @Override
  public int rowCount() {
    return footer.rows();
  }

  @Override
  public Optional<ColumnStatistics> statistics(String column) {
    Footer.FooterColumn found = column(column);
    return Optional.of(decoding(() -> FooterStatistics.of(found)));
  }

  @Override
  public BatchCursor scan(List<String> columns, int fromRow, int batchRows) {
    if (fromRow < 0 || fromRow > rowCount() || batchRows < 1) {
      throw new IllegalArgumentException(
          "scan from row " + fromRow + " of " + rowCount() + " in batches of " + batchRows);
    }
    List<Footer.FooterColumn> found = columns(columns);
    return decoding(() -> new Scan(this, pageTables(found), fromRow, batchRows));
  }

  @Override
  public ColumnBatch fetch(int[] rows, List<String> columns) {
    for (int row : rows) {
      if (row < 0 || row >= rowCount()) {
        throw new IllegalArgumentException("row " + row + " of " + rowCount());
      }
    }
    List<Footer.FooterColumn> found = columns(columns);
    return decoding(() -> {
      try (Decompressor decompressor = new Decompressor()) {
        return new Fetch(this, decompressor, rows).run(pageTables(found));
      }
    });
  }

  private List<Footer.FooterColumn> columns(List<String> names) {
    return names.stream().map(this::column).toList();
  }

  private Footer.FooterColumn column(String name) {
    Footer.FooterColumn column = footer.columns().get(name);
    if (column == null) {
      throw new IllegalArgumentException(
          "no column " + name + " among " + footer.columns().keySet());
    }
    return column;
  }

  /** The page tables of these columns; those not known yet are read in one wave. */
  private List<PageTable> pageTables(List<Footer.FooterColumn> columns) throws IOException {
    List<Footer.FooterColumn> unknown =
        columns.stream().filter(column -> !tables.containsKey(column.spec().name())).toList();
    if (!unknown.isEmpty()) {
      List<ByteRange> ranges =
          unknown.stream().flatMap(column -> PageTable.indexRanges(column).stream()).toList();
      List<MemorySegment> indexes = file.readAll(ranges);
      int groups = footer.groups().size();
      for (int i = 0; i < unknown.size(); i++) {
        List<MemorySegment> own = indexes.subList(i * groups, (i + 1) * groups);
        Footer.FooterColumn column = unknown.get(i);
        tables.put(column.spec().name(), PageTable.of(footer, column, own));
      }
    }
    List<PageTable> found = new ArrayList<>();
    for (Footer.FooterColumn column : columns) {
      found.add(Objects.requireNonNull(tables.get(column.spec().name())));
    }
    return found;
  }

  BlobSource file() {
    return file;
  }

  /** Where the dictionary is that decoding this page needs, unless it is known already. */
  Optional<ByteRange> missingDictionary(PageTable table, int page) {
    return table.dictionary(page).filter(range -> !dictionaries.containsKey(range.offset()));
  }

  void keepDictionary(PageTable table, int page, MemorySegment bytes, Decompressor decompressor)
      throws IOException {
    ByteRange range = table.dictionary(page).orElseThrow();
    dictionaries.put(
        range.offset(),
        RawPage.dictionary(bytes, compression(table, page), table.column().leaf(), decompressor));
  }

  /** Decodes a page whose dictionary is known. */
  PageRows rows(PageTable table, int page, MemorySegment bytes, Decompressor decompressor)
      throws IOException {
    Optional<Dictionary> dictionary =
        table.dictionary(page).map(range -> dictionaries.get(range.offset()));
    RawPage raw = RawPage.parse(bytes, compression(table, page), decompressor);
    check(raw.header(), table, page);
    return PageRows.of(raw, table.column().spec(), table.column().leaf(), dictionary);
  }

  /** Counts are compared before memory is taken for them. */
  private static void check(DataPageHeaderV2 header, PageTable table, int page) {
    int rows = table.endRow(page) - table.firstRow(page);
    long most = table.chunk(page).getValueCount();
    boolean fits =
        header.getNum_rows() == rows
            && header.getNum_values() >= rows
            && header.getNum_values() <= most
            && header.getNum_nulls() >= 0
            && header.getNum_nulls() <= header.getNum_values();
    if (!fits) {
      throw ElacsymException.corrupt(
          "page "
              + page
              + " of column "
              + table.column().spec().name()
              + " says "
              + header
              + ", expected "
              + rows
              + " rows and at most "
              + most
              + " values");
    }
  }

  private static Compression compression(PageTable table, int page) {
    return Compression.of(table.chunk(page).getCodec());
  }

  @Override
  public void close() {
    tables.clear();
    dictionaries.clear();
  }
}
