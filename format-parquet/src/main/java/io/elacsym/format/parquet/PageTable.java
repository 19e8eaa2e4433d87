package io.elacsym.format.parquet;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.VectorPlaces;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.hadoop.metadata.IndexReference;

/** Where the pages of one column are, over all row groups. Immutable. */
final class PageTable {
  private final Footer.FooterColumn column;
  private final int rows;
  private final int[] firstRows;
  private final int[] groups;
  private final long[] offsets;
  private final int[] lengths;

  private PageTable(Footer.FooterColumn column, int rows, List<Page> pages) {
    this.column = column;
    this.rows = rows;
    this.firstRows = pages.stream().mapToInt(Page::firstRow).toArray();
    this.groups = pages.stream().mapToInt(Page::group).toArray();
    this.offsets = pages.stream().mapToLong(Page::offset).toArray();
    this.lengths = pages.stream().mapToInt(Page::length).toArray();
  }

  private record Page(int firstRow, int group, long offset, int length) {}

  /** What must be read to know the pages of a column. */
  static List<ByteRange> indexRanges(Footer.FooterColumn column) {
    List<ByteRange> ranges = new ArrayList<>();
    for (ColumnChunkMetaData chunk : column.chunks()) {
      IndexReference reference = chunk.getOffsetIndexReference();
      if (reference == null) {
        throw ElacsymException.corrupt(
            "column " + column.spec().name() + " of the Parquet file has no offset index");
      }
      ranges.add(new ByteRange(reference.getOffset(), reference.getLength()));
    }
    return ranges;
  }

  /**
   * @param indexes the bytes of {@link #indexRanges}
   */
  static PageTable of(Footer footer, Footer.FooterColumn column, List<MemorySegment> indexes)
      throws IOException {
    List<Page> pages = new ArrayList<>();
    for (int group = 0; group < indexes.size(); group++) {
      int firstRow = footer.groups().get(group).firstRow();
      ByteBufferInputStream bytes = ByteBufferInputStream.wrap(indexes.get(group).asByteBuffer());
      for (PageLocation page : Util.readOffsetIndex(bytes).getPage_locations()) {
        pages.add(
            new Page(
                firstRow + Math.toIntExact(page.getFirst_row_index()),
                group,
                page.getOffset(),
                page.getCompressed_page_size()));
      }
    }
    return new PageTable(column, footer.rows(), pages);
  }

  Footer.FooterColumn column() {
    return column;
  }

  /** The page in which a row is. */
  int pageOf(int row) {
    int found = Arrays.binarySearch(firstRows, row);
    return found >= 0 ? found : -found - 2;
  }

  int firstRow(int page) {
    return firstRows[page];
  }

  /** The first row after a page. */
  int endRow(int page) {
    return page + 1 < firstRows.length ? firstRows[page + 1] : rows;
  }

  ByteRange range(int page) {
    return new ByteRange(offsets[page], lengths[page]);
  }

  int length(int page) {
    return lengths[page];
  }

  /**
   * Where a row's vector lies: values end a page, are not compressed, and each row of the page has
   * one.
   */
  long placeOfVector(int row) {
    int page = pageOf(row);
    long behind = (long) Float.BYTES * column.spec().dimension() * (endRow(page) - row);
    return behind < lengths[page] ? offsets[page] + lengths[page] - behind : VectorPlaces.NOWHERE;
  }

  ColumnChunkMetaData chunk(int page) {
    return column.chunks().get(groups[page]);
  }

  /** Where the dictionary of a page's chunk is, if the chunk has one. */
  Optional<ByteRange> dictionary(int page) {
    ColumnChunkMetaData chunk = chunk(page);
    if (!chunk.hasDictionaryPage()) {
      return Optional.empty();
    }
    long offset = chunk.getDictionaryPageOffset();
    return Optional.of(new ByteRange(offset, chunk.getFirstDataPageOffset() - offset));
  }
}
