package io.elacsym.format.orc.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.orc.DataMask;
import org.apache.orc.OrcFile;
import org.apache.orc.OrcProto;
import org.apache.orc.OrcProto.ColumnEncoding;
import org.apache.orc.OrcProto.Stream;
import org.apache.orc.PhysicalWriter;
import org.apache.orc.impl.OutStream;
import org.apache.orc.impl.StreamName;
import org.apache.orc.impl.writer.StreamOptions;
import org.apache.orc.impl.writer.WriterContext;
import org.apache.orc.impl.writer.WriterEncryptionVariant;
import org.jspecify.annotations.Nullable;

/**
 * What the library's column writers ask of the file they write: how streams are compressed, how
 * large row groups are, and that there are neither dictionaries nor bloom filters nor encryption.
 * For one thread.
 */
final class ColumnContext implements WriterContext {
  /** No settings of Hadoop, and none from files that happen to lie on the class path. */
  private static final Configuration NO_SETTINGS = new Configuration(false);

  /** The ratio of distinct texts above which a column has no dictionary: it never has one. */
  private static final double NO_DICTIONARY = 0;

  private final SinkFile file;
  private final StreamOptions original;
  private final Set<Integer> originalColumns;
  private final int rowGroupRows;
  private final boolean[] noBloomFilters;
  private final List<ColumnEncoding> encodings = new ArrayList<>();

  /**
   * @param original how the streams of some columns become chunks, which stay as they are
   * @param originalColumns these ORC columns
   * @param columns how many ORC columns there are
   */
  ColumnContext(
      SinkFile file,
      StreamOptions original,
      Set<Integer> originalColumns,
      int rowGroupRows,
      int columns) {
    this.file = file;
    this.original = original;
    this.originalColumns = originalColumns;
    this.rowGroupRows = rowGroupRows;
    this.noBloomFilters = new boolean[columns];
  }

  @Override
  public OutStream createStream(StreamName name) {
    boolean isOriginal =
        name.getKind() == Stream.Kind.DATA && originalColumns.contains(name.getColumn());
    return new OutStream(
        name, isOriginal ? original : file.getStreamOptions(), file.createDataStream(name));
  }

  @Override
  public int getRowIndexStride() {
    return rowGroupRows;
  }

  @Override
  public boolean buildIndex() {
    return true;
  }

  @Override
  public boolean isCompressed() {
    return file.getStreamOptions().getCodec() != null;
  }

  /** Whole numbers take bit widths that are fast to read, though not always the fewest bits. */
  @Override
  public OrcFile.EncodingStrategy getEncodingStrategy() {
    return OrcFile.EncodingStrategy.SPEED;
  }

  @Override
  public boolean[] getBloomFilterColumns() {
    return noBloomFilters;
  }

  @Override
  public double getBloomFilterFPP() {
    return 0;
  }

  @Override
  @SuppressWarnings("deprecation") // it cannot be left out
  public OrcFile.BloomFilterVersion getBloomFilterVersion() {
    return OrcFile.BloomFilterVersion.UTF8;
  }

  @Override
  public Configuration getConfiguration() {
    return NO_SETTINGS;
  }

  @Override
  public OrcFile.Version getVersion() {
    return OrcFile.Version.V_0_12;
  }

  @Override
  public void writeIndex(StreamName name, OrcProto.RowIndex.Builder index) throws IOException {
    file.writeIndex(name, index);
  }

  @Override
  public void writeBloomFilter(StreamName name, OrcProto.BloomFilterIndex.Builder bloom) {
    file.writeBloomFilter(name, bloom);
  }

  @Override
  public void writeStatistics(StreamName name, OrcProto.ColumnStatistics.Builder statistics) {
    file.writeStatistics(name, statistics);
  }

  @Override
  public void setEncoding(
      int column, @Nullable WriterEncryptionVariant variant, ColumnEncoding encoding) {
    encodings.add(encoding);
  }

  /** How the columns of the stripe that ends are encoded, in their order. */
  List<ColumnEncoding> takeEncodings() {
    List<ColumnEncoding> taken = List.copyOf(encodings);
    encodings.clear();
    return taken;
  }

  @Override
  public @Nullable DataMask getUnencryptedMask(int columnId) {
    return null;
  }

  @Override
  public @Nullable WriterEncryptionVariant getEncryption(int columnId) {
    return null;
  }

  @Override
  public PhysicalWriter getPhysicalWriter() {
    return file;
  }

  @Override
  public boolean getUseUTCTimestamp() {
    return true;
  }

  @Override
  public double getDictionaryKeySizeThreshold(int columnId) {
    return NO_DICTIONARY;
  }

  @Override
  public boolean getProlepticGregorian() {
    return true;
  }
}
