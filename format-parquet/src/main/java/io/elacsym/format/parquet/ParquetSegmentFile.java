package io.elacsym.format.parquet;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.PageBounds;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.VectorPlaces;
import io.elacsym.format.columnar.ColumnarFile;
import io.elacsym.format.columnar.Compression;
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
 * An open file. The footer is read at open, the page table of a column when it is first used; both
 * are kept, as are dictionaries.
 */
final class ParquetSegmentFile implements ColumnarFile {
  private final BlobSource source;
  private final Footer footer;
  private final Map<String, PageTable> tables = new ConcurrentHashMap<>();
  private final Map<String, List<PageBounds>> bounds = new ConcurrentHashMap<>();
  private final Map<Long, Dictionary> dictionaries = new ConcurrentHashMap<>();

  private ParquetSegmentFile(BlobSource source, Footer footer) {
    this.source = source;
    this.footer = footer;
  }

  static ParquetSegmentFile open(BlobSource source) throws IOException {
    return new ParquetSegmentFile(source, Footer.read(source));
  }

  @Override
  public SegmentSchema schema() {
    return footer.schema();
  }

  @Override
  public int rows() {
    return footer.rows();
  }

  @Override
  public ColumnStatistics statistics(ColumnSpec column) {
    return FooterStatistics.of(footer.column(column));
  }

  @Override
  public Scan scan(int fromRow, List<ColumnSpec> columns) throws IOException {
    return new ParquetScan(this, pageTables(columns), fromRow);
  }

  @Override
  public List<PageBounds> pageBounds(ColumnSpec column) throws IOException {
    List<PageBounds> known = bounds.get(column.name());
    if (known == null) {
      known = readBounds(column);
      bounds.put(column.name(), known);
    }
    return known;
  }

  private List<PageBounds> readBounds(ColumnSpec column) throws IOException {
    Optional<List<ByteRange>> ranges = ColumnIndexes.ranges(footer.column(column));
    if (ranges.isEmpty()) {
      return List.of();
    }
    List<ByteRange> wave = new ArrayList<>(ranges.get());
    int own = wave.size();
    if (!tables.containsKey(column.name())) {
      // Whoever asks for bounds asks for pages next.
      wave.addAll(PageTable.indexRanges(footer.column(column)));
    }
    List<MemorySegment> read = source.readAll(wave);
    if (wave.size() > own) {
      tables.put(
          column.name(),
          PageTable.of(footer, footer.column(column), read.subList(own, read.size())));
    }
    return ColumnIndexes.of(pageTables(List.of(column)).getFirst(), read.subList(0, own));
  }

  @Override
  public ColumnBatch fetch(int[] rows, List<ColumnSpec> columns) throws IOException {
    try (Decompressor decompressor = new Decompressor()) {
      return new Fetch(this, decompressor, rows).run(pageTables(columns));
    }
  }

  @Override
  public Optional<VectorPlaces> vectorPlaces(ColumnSpec column) throws IOException {
    return Optional.of(pageTables(List.of(column)).getFirst()::placeOfVector);
  }

  /** The page tables of these columns; those not known yet are read in one wave. */
  private List<PageTable> pageTables(List<ColumnSpec> columns) throws IOException {
    List<Footer.FooterColumn> unknown =
        columns.stream()
            .filter(column -> !tables.containsKey(column.name()))
            .map(footer::column)
            .toList();
    if (!unknown.isEmpty()) {
      List<ByteRange> ranges =
          unknown.stream().flatMap(column -> PageTable.indexRanges(column).stream()).toList();
      List<MemorySegment> indexes = source.readAll(ranges);
      int groups = footer.groups().size();
      for (int i = 0; i < unknown.size(); i++) {
        List<MemorySegment> own = indexes.subList(i * groups, (i + 1) * groups);
        Footer.FooterColumn column = unknown.get(i);
        tables.put(column.spec().name(), PageTable.of(footer, column, own));
      }
    }
    List<PageTable> found = new ArrayList<>();
    for (ColumnSpec column : columns) {
      found.add(Objects.requireNonNull(tables.get(column.name())));
    }
    return found;
  }

  BlobSource source() {
    return source;
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
    return Codecs.of(table.chunk(page).getCodec());
  }

  @Override
  public void close() {
    tables.clear();
    dictionaries.clear();
  }
}
