package io.elacsym.format.parquet;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.PageBounds;
import io.elacsym.api.segment.ValueType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/**
 * The least and the greatest value of each page of numbers. Those of texts are shortened in the
 * file, and are left to other readers.
 */
final class ColumnIndexes {
  private ColumnIndexes() {}

  /** What must be read to know them; empty when there are none, or not of all row groups. */
  static Optional<List<ByteRange>> ranges(Footer.FooterColumn column) {
    ValueType type = column.spec().type();
    boolean numbers = type == ValueType.INT64 || type == ValueType.FLOAT64;
    if (!numbers || column.spec().list()) {
      return Optional.empty();
    }
    List<ByteRange> ranges = new ArrayList<>();
    for (ColumnChunkMetaData chunk : column.chunks()) {
      var reference = chunk.getColumnIndexReference();
      if (reference == null) {
        return Optional.empty();
      }
      ranges.add(new ByteRange(reference.getOffset(), reference.getLength()));
    }
    return Optional.of(ranges);
  }

  /**
   * @param indexes the bytes of {@link #ranges}
   */
  static List<PageBounds> of(PageTable pages, List<MemorySegment> indexes) throws IOException {
    List<PageBounds> bounds = new ArrayList<>();
    int page = 0;
    for (MemorySegment index : indexes) {
      ColumnIndex read = Util.readColumnIndex(ByteBufferInputStream.wrap(index.asByteBuffer()));
      for (int i = 0; i < read.getNull_pagesSize(); i++, page++) {
        if (!read.getNull_pages().get(i) && read.isSetNull_counts()) {
          bounds.add(
              new PageBounds(
                  pages.firstRow(page),
                  pages.endRow(page),
                  Math.toIntExact(read.getNull_counts().get(i)),
                  value(pages.column(), read.getMin_values().get(i)),
                  value(pages.column(), read.getMax_values().get(i))));
        }
      }
    }
    return bounds;
  }

  private static Comparable<?> value(Footer.FooterColumn column, ByteBuffer bytes) {
    ByteBuffer number = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return column.spec().type() == ValueType.INT64
        ? (Comparable<?>) number.getLong(number.position())
        : number.getDouble(number.position());
  }
}
