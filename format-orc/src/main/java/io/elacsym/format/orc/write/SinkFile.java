package io.elacsym.format.orc.write;

import io.elacsym.api.blob.BlobSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.orc.OrcFile;
import org.apache.orc.OrcProto.BloomFilterIndex;
import org.apache.orc.OrcProto.ColumnStatistics;
import org.apache.orc.OrcProto.Footer;
import org.apache.orc.OrcProto.Metadata;
import org.apache.orc.OrcProto.PostScript;
import org.apache.orc.OrcProto.RowIndex;
import org.apache.orc.OrcProto.RowIndexEntry;
import org.apache.orc.OrcProto.Stream;
import org.apache.orc.OrcProto.StripeFooter;
import org.apache.orc.OrcProto.StripeInformation;
import org.apache.orc.OrcProto.StripeStatistics;
import org.apache.orc.PhysicalWriter;
import org.apache.orc.impl.OutStream;
import org.apache.orc.impl.StreamName;
import org.apache.orc.impl.writer.StreamOptions;
import org.apache.orc.impl.writer.WriterEncryptionVariant;
import org.apache.orc.protobuf.MessageLite;
import org.jspecify.annotations.Nullable;

/**
 * The file below the library's column writers. It gathers the streams of a stripe in memory and
 * appends whole stripes to the host's sink. Unlike the library's own, it needs no file system,
 * orders streams by length, and keeps only some of the statistics. For one thread.
 */
final class SinkFile implements PhysicalWriter {
  private final BlobSink sink;
  private final StreamOptions options;
  private final KeptStatistics kept;
  private final long start;
  private final List<StreamBytes> data = new ArrayList<>();
  private final List<StreamBytes> indexes = new ArrayList<>();
  private final List<ColumnStatistics> ofStripe = new ArrayList<>();
  private final List<StripeStatistics> ofStripes = new ArrayList<>();
  private final List<ColumnStatistics> ofFile = new ArrayList<>();
  private long metadataLength;
  private long footerLength;

  /**
   * @param sink the host's, which owns it
   * @param options how indexes and messages are compressed
   * @param kept which statistics are written
   */
  SinkFile(BlobSink sink, StreamOptions options, KeptStatistics kept) {
    this.sink = sink;
    this.options = options;
    this.kept = kept;
    this.start = sink.position();
  }

  private long position() {
    return sink.position() - start;
  }

  @Override
  public void writeHeader() {
    sink.write(OrcFile.MAGIC.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public OutputReceiver createDataStream(StreamName name) {
    StreamBytes stream = new StreamBytes(name.getColumn(), name.getKind());
    data.add(stream);
    return stream;
  }

  @Override
  public void writeIndex(StreamName name, RowIndex.Builder index) throws IOException {
    for (RowIndexEntry.Builder entry : index.getEntryBuilderList()) {
      kept.reduce(name.getColumn(), entry.getStatisticsBuilder());
    }
    StreamBytes bytes = new StreamBytes(name.getColumn(), name.getKind());
    compress(index.build(), bytes);
    indexes.add(bytes);
  }

  @Override
  public void writeBloomFilter(StreamName name, BloomFilterIndex.Builder bloom) {
    throw new UnsupportedOperationException("bloom filters are never asked for");
  }

  @Override
  public void writeStatistics(StreamName name, ColumnStatistics.Builder statistics) {
    kept.reduce(name.getColumn(), statistics);
    boolean areOfFile = name.getKind() == Stream.Kind.FILE_STATISTICS;
    (areOfFile ? ofFile : ofStripe).add(statistics.build());
  }

  @Override
  public void finalizeStripe(StripeFooter.Builder footer, StripeInformation.Builder dirEntry)
      throws IOException {
    long indexStart = position();
    append(indexes, footer);
    long dataStart = position();
    append(shortestFirst(), footer);
    long footerStart = position();
    dirEntry
        .setOffset(indexStart)
        .setIndexLength(dataStart - indexStart)
        .setDataLength(footerStart - dataStart)
        .setFooterLength(append(footer.build()));
    ofStripes.add(StripeStatistics.newBuilder().addAllColStats(ofStripe).build());
    ofStripe.clear();
    indexes.clear();
    data.forEach(StreamBytes::clear);
  }

  private List<StreamBytes> shortestFirst() {
    return data.stream()
        .filter(stream -> !stream.isSuppressed())
        .sorted(
            Comparator.comparingLong(StreamBytes::size)
                .thenComparingInt(StreamBytes::column)
                .thenComparing(StreamBytes::kind))
        .toList();
  }

  private void append(List<StreamBytes> streams, StripeFooter.Builder footer) {
    for (StreamBytes stream : streams) {
      stream.writeTo(sink);
      footer.addStreams(stream.describe());
    }
  }

  @Override
  public void writeFileMetadata(Metadata.Builder builder) throws IOException {
    metadataLength = append(builder.addAllStripeStats(ofStripes).build());
  }

  @Override
  public void writeFileFooter(Footer.Builder builder) throws IOException {
    footerLength =
        append(
            builder
                .setHeaderLength(OrcFile.MAGIC.length())
                .setContentLength(position() - metadataLength)
                .addAllStatistics(ofFile)
                .build());
  }

  @Override
  public long writePostScript(PostScript.Builder builder) {
    byte[] last =
        builder
            .setMetadataLength(metadataLength)
            .setFooterLength(footerLength)
            .build()
            .toByteArray();
    sink.write(last);
    sink.write(new byte[] {(byte) last.length});
    return position();
  }

  /** Appends a message; returns how many bytes it takes. */
  private long append(MessageLite message) throws IOException {
    StreamBytes bytes = new StreamBytes(0, Stream.Kind.DATA);
    compress(message, bytes);
    bytes.writeTo(sink);
    return bytes.size();
  }

  private void compress(MessageLite message, OutputReceiver to) throws IOException {
    OutStream out = new OutStream("a message", options, to);
    message.writeTo(out);
    out.flush();
  }

  /** How many bytes of the stripe are ready for the file. */
  long bufferedBytes() {
    return data.stream().mapToLong(StreamBytes::size).sum();
  }

  @Override
  public long getFileBytes(int column, @Nullable WriterEncryptionVariant variant) {
    return data.stream()
        .filter(stream -> stream.column() == column)
        .mapToLong(StreamBytes::size)
        .sum();
  }

  @Override
  public StreamOptions getStreamOptions() {
    return options;
  }

  @Override
  public void appendRawStripe(ByteBuffer stripe, StripeInformation.Builder dirEntry) {
    throw new UnsupportedOperationException("files are never merged as they are");
  }

  /** Does nothing: nobody sees the blob before the host has all of it. */
  @Override
  public void flush() {}

  /** Does nothing: the host owns the sink. */
  @Override
  public void close() {}
}
