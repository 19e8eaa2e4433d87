package io.elacsym.format.parquet;

import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainBinaryDictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainLongDictionaryValuesWriter;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.column.values.fallback.FallbackValuesWriter;
import org.apache.parquet.column.values.plain.BooleanPlainValuesWriter;
import org.apache.parquet.column.values.plain.FixedLenByteArrayPlainValuesWriter;
import org.apache.parquet.column.values.plain.PlainValuesWriter;

/**
 * How values are encoded: plain, so that a reader can skip to a row without decoding those before
 * it. Strings and integers start with a dictionary, which the library gives up after the first page
 * when it does not pay, as with ids.
 */
final class SegmentEncodings implements ValuesWriterFactory {
  // A fetch of one row reads the dictionary as well, so it must stay small.
  private static final int MAX_DICTIONARY_BYTES = 32 << 10;
  private static final int FIRST_SLAB_BYTES = 1 << 10;

  private final int pageBytes;
  private final ByteBufferAllocator allocator;

  SegmentEncodings(int pageBytes, ByteBufferAllocator allocator) {
    this.pageBytes = pageBytes;
    this.allocator = allocator;
  }

  @Override
  public void initialize(ParquetProperties properties) {}

  @Override
  public ValuesWriter newValuesWriter(ColumnDescriptor column) {
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN -> new BooleanPlainValuesWriter();
      case INT64 ->
          FallbackValuesWriter.of(
              new PlainLongDictionaryValuesWriter(
                  MAX_DICTIONARY_BYTES, Encoding.RLE_DICTIONARY, Encoding.PLAIN, allocator),
              plain());
      case BINARY ->
          FallbackValuesWriter.of(
              new PlainBinaryDictionaryValuesWriter(
                  MAX_DICTIONARY_BYTES, Encoding.RLE_DICTIONARY, Encoding.PLAIN, allocator),
              plain());
      case FIXED_LEN_BYTE_ARRAY ->
          new FixedLenByteArrayPlainValuesWriter(
              column.getPrimitiveType().getTypeLength(), FIRST_SLAB_BYTES, pageBytes, allocator);
      default -> plain();
    };
  }

  private PlainValuesWriter plain() {
    return new PlainValuesWriter(FIRST_SLAB_BYTES, pageBytes, allocator);
  }
}
