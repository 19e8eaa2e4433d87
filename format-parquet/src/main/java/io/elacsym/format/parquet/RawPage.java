package io.elacsym.format.parquet;

import io.elacsym.api.ElacsymException;
import io.elacsym.format.columnar.Compression;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

/**
 * A data page, its values decompressed but still encoded.
 *
 * @param header counts, and the lengths of the level sections
 * @param repetition encoded repetition levels
 * @param definition encoded definition levels
 * @param values encoded values
 */
record RawPage(
    DataPageHeaderV2 header, ByteBuffer repetition, ByteBuffer definition, ByteBuffer values) {

  static RawPage parse(MemorySegment bytes, Compression compression, Decompressor decompressor)
      throws IOException {
    ByteBuffer buffer = bytes.asByteBuffer();
    PageHeader page = header(buffer);
    if (!page.isSetData_page_header_v2()) {
      throw ElacsymException.corrupt("a Parquet page is a " + page.getType() + ", expected a V2");
    }
    DataPageHeaderV2 header = page.getData_page_header_v2();
    ByteBuffer repetition = slice(buffer, header.getRepetition_levels_byte_length());
    ByteBuffer definition = slice(buffer, header.getDefinition_levels_byte_length());
    int levels = repetition.remaining() + definition.remaining();
    ByteBuffer values = slice(buffer, page.getCompressed_page_size() - levels);
    boolean isPlain = compression == Compression.NONE || !header.isIs_compressed();
    return new RawPage(
        header,
        repetition,
        definition,
        isPlain
            ? values
            : decompressed(
                values, page.getUncompressed_page_size() - levels, compression, decompressor));
  }

  static Dictionary dictionary(
      MemorySegment bytes,
      Compression compression,
      ColumnDescriptor leaf,
      Decompressor decompressor)
      throws IOException {
    ByteBuffer buffer = bytes.asByteBuffer();
    PageHeader page = header(buffer);
    if (!page.isSetDictionary_page_header()) {
      throw ElacsymException.corrupt("a Parquet page is no dictionary but a " + page.getType());
    }
    DictionaryPageHeader header = page.getDictionary_page_header();
    ByteBuffer values = slice(buffer, page.getCompressed_page_size());
    ByteBuffer plain =
        decompressed(values, page.getUncompressed_page_size(), compression, decompressor);
    return new DictionaryPage(BytesInput.from(plain), header.getNum_values(), Encoding.PLAIN)
        .decode(leaf);
  }

  /** Reads the header at the buffer's position and moves past it. */
  private static PageHeader header(ByteBuffer buffer) throws IOException {
    ByteBufferInputStream in = ByteBufferInputStream.wrap(buffer.duplicate());
    PageHeader header = Util.readPageHeader(in);
    buffer.position(buffer.position() + Math.toIntExact(in.position()));
    return header;
  }

  private static ByteBuffer slice(ByteBuffer buffer, int length) {
    ByteBuffer slice = buffer.slice(buffer.position(), length);
    buffer.position(buffer.position() + length);
    return slice;
  }

  private static ByteBuffer decompressed(
      ByteBuffer from, int size, Compression compression, Decompressor decompressor)
      throws IOException {
    byte[] bytes = MemorySegment.ofBuffer(from).toArray(ValueLayout.JAVA_BYTE);
    return ByteBuffer.wrap(decompressor.decompress(compression, bytes, size));
  }

  int[] repetitionLevels(ColumnDescriptor leaf) throws IOException {
    return levels(repetition, leaf.getMaxRepetitionLevel());
  }

  int[] definitionLevels(ColumnDescriptor leaf) throws IOException {
    return levels(definition, leaf.getMaxDefinitionLevel());
  }

  private int[] levels(ByteBuffer encoded, int max) throws IOException {
    RunLengthBitPackingHybridDecoder decoder =
        new RunLengthBitPackingHybridDecoder(
            BytesUtils.getWidthFromMaxInt(max), ByteBufferInputStream.wrap(encoded.duplicate()));
    int[] levels = new int[header.getNum_values()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = decoder.readInt();
    }
    return levels;
  }
}
