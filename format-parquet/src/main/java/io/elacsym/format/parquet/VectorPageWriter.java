package io.elacsym.format.parquet;

import io.elacsym.api.segment.Column;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * Writes vectors as lists of floats, a page at a time: the floats of a page are copied at once,
 * which is some ten times faster than one by one through the library's column writer. The least and
 * the largest component of a vector mean nothing, so there are no statistics.
 *
 * <p>All rows of a page have a vector, or none has: so the place of each in the file follows from
 * the page's.
 */
final class VectorPageWriter implements ValueAppender {
  private static final PrimitiveType FLOAT =
      Types.required(PrimitiveTypeName.FLOAT).named("element");
  private static final int LEVEL_SLAB_BYTES = 256;

  private final PageWriter pages;
  private final int dimension;
  private final int rowsPerPage;
  private final ByteBuffer floats;
  private int rows;
  private boolean present;

  VectorPageWriter(PageWriter pages, int dimension, int rowsPerPage) {
    this.pages = pages;
    this.dimension = dimension;
    this.rowsPerPage = rowsPerPage;
    this.floats =
        ByteBuffer.allocate(Math.multiplyExact(Float.BYTES * dimension, rowsPerPage))
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void add(Column column, int row) throws IOException {
    boolean isPresent = column.isPresent(row);
    if (rows == rowsPerPage || (rows > 0 && isPresent != present)) {
      flush();
    }
    present = isPresent;
    if (isPresent) {
      floats.asFloatBuffer().put(column.floats(), row * dimension, dimension);
      floats.position(floats.position() + Float.BYTES * dimension);
    }
    rows++;
  }

  long bufferedBytes() {
    return pages.getMemSize() + floats.position();
  }

  /** Ends the page, if it has rows. */
  void flush() throws IOException {
    if (rows == 0) {
      return;
    }
    int values = present ? rows * dimension : rows;
    int level = present ? ParquetSchema.ELEMENT_PRESENT : ParquetSchema.ABSENT;
    try (RunLengthBitPackingHybridEncoder repetition = levels(1);
        RunLengthBitPackingHybridEncoder definition = levels(2)) {
      for (int value = 0; value < values; value++) {
        repetition.writeInt(present && value % dimension > 0 ? 1 : 0);
        definition.writeInt(level);
      }
      pages.writePageV2(
          rows,
          present ? 0 : rows,
          values,
          repetition.toBytes(),
          definition.toBytes(),
          Encoding.PLAIN,
          BytesInput.from(floats.array(), 0, floats.position()),
          Statistics.getBuilderForReading(FLOAT).build());
    }
    floats.clear();
    rows = 0;
  }

  private static RunLengthBitPackingHybridEncoder levels(int bitWidth) {
    return new RunLengthBitPackingHybridEncoder(
        bitWidth, LEVEL_SLAB_BYTES, 1 << 16, HeapByteBufferAllocator.getInstance());
  }
}
