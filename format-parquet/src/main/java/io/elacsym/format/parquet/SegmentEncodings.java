package io.elacsym.format.parquet;

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
 * How values are encoded: plain, so that a reader can skip to a row without decoding those before it.
 * Strings and integers start with a dictionary, which the library gives up after the first page when it
 * does not pay, as with ids.
 */
final class SegmentEncodings implements ValuesWriterFactory {
  private final ParquetProperties properties;

  /** The properties come by {@link #initialize} too late to be final: they hold this factory. */
  SegmentEncodings(ParquetProperties properties) {
    this.properties = properties;
  }

  @Override
  public void initialize(ParquetProperties own) {}

  @Override
  public ValuesWriter newValuesWriter(ColumnDescriptor column) {
    int dictionaryBytes = properties.getDictionaryPageSizeThreshold();
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN -> new BooleanPlainValuesWriter();
      case INT64 ->
          FallbackValuesWriter.of(
              new PlainLongDictionaryValuesWriter(
                  dictionaryBytes,
                  Encoding.RLE_DICTIONARY,
                  Encoding.PLAIN,
                  properties.getAllocator()),
              plain());
      case BINARY ->
          FallbackValuesWriter.of(
              new PlainBinaryDictionaryValuesWriter(
                  dictionaryBytes,
                  Encoding.RLE_DICTIONARY,
                  Encoding.PLAIN,
                  properties.getAllocator()),
              plain());
      case FIXED_LEN_BYTE_ARRAY ->
          new FixedLenByteArrayPlainValuesWriter(
              column.getPrimitiveType().getTypeLength(),
              properties.getInitialSlabSize(),
              properties.getPageSizeThreshold(),
              properties.getAllocator());
      default -> plain();
    };
  }

  private PlainValuesWriter plain() {
    return new PlainValuesWriter(
        properties.getInitialSlabSize(),
        properties.getPageSizeThreshold(),
        properties.getAllocator());
  }
}
