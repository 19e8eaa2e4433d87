package io.elacsym.format.orc;

import io.elacsym.api.blob.BlobSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.orc.OrcFile.Version;
import org.apache.orc.OrcFile.WriterImplementation;
import org.apache.orc.OrcFile.WriterVersion;
import org.apache.orc.OrcProto.CalendarKind;
import org.apache.orc.OrcProto.ColumnStatistics;
import org.apache.orc.OrcProto.Footer;
import org.apache.orc.OrcProto.Metadata;
import org.apache.orc.OrcProto.PostScript;
import org.apache.orc.OrcProto.Stream;
import org.apache.orc.OrcProto.StripeFooter;
import org.apache.orc.OrcProto.StripeInformation;
import org.apache.orc.OrcProto.StripeStatistics;
import org.apache.orc.OrcProto.UserMetadataItem;
import org.apache.orc.impl.OutStream;
import org.apache.orc.impl.writer.StreamOptions;
import org.apache.orc.protobuf.ByteString;
import org.apache.orc.protobuf.MessageLite;

/** Writes the parts of a file, front to back. For one thread. */
final class FileSink {
  static final byte[] MAGIC = "ORC".getBytes(StandardCharsets.US_ASCII);

  /** Stripes say in which zone times are meant; ours are instants. */
  private static final String ZONE = "UTC";

  private final BlobSink sink;
  private final StreamOptions options;
  private final long start;
  private final List<StripeInformation> stripes = new ArrayList<>();
  private final List<StripeStatistics> stripeStatistics = new ArrayList<>();
  private Optional<List<ColumnStatistics>> statistics = Optional.empty();
  private long rows;

  /**
   * @param sink the host's
   * @param options how messages are compressed
   */
  FileSink(BlobSink sink, StreamOptions options) {
    this.sink = sink;
    this.options = options;
    this.start = sink.position();
    sink.write(MAGIC);
  }

  private long position() {
    return sink.position() - start;
  }

  /**
   * @param columns which have ended, in the order of their ids
   * @param data their streams, in the order in which they are to be
   */
  void writeStripe(int stripeRows, List<OrcColumn> columns, List<StreamBytes> data)
      throws IOException {
    StripeFooter.Builder footer = StripeFooter.newBuilder().setWriterTimezone(ZONE);
    List<ColumnStatistics> ofColumns = new ArrayList<>();
    long offset = position();
    for (OrcColumn column : columns) {
      StreamBytes index = new StreamBytes(column.id(), Stream.Kind.ROW_INDEX);
      compress(column.rowIndex(), index);
      index.writeTo(sink);
      footer.addStreams(index.describe()).addColumns(column.encoding());
      ofColumns.add(column.statistics());
    }
    long dataOffset = position();
    for (StreamBytes stream : data) {
      stream.writeTo(sink);
      footer.addStreams(stream.describe());
    }
    long footerOffset = position();
    write(footer.build());
    stripes.add(
        StripeInformation.newBuilder()
            .setOffset(offset)
            .setIndexLength(dataOffset - offset)
            .setDataLength(footerOffset - dataOffset)
            .setFooterLength(position() - footerOffset)
            .setNumberOfRows(stripeRows)
            .build());
    stripeStatistics.add(StripeStatistics.newBuilder().addAllColStats(ofColumns).build());
    statistics = Optional.of(statistics.map(all -> merged(all, ofColumns)).orElse(ofColumns));
    rows += stripeRows;
  }

  private static List<ColumnStatistics> merged(
      List<ColumnStatistics> all, List<ColumnStatistics> more) {
    List<ColumnStatistics> merged = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      merged.add(MergedStatistics.of(all.get(i), more.get(i)));
    }
    return merged;
  }

  /** Completes the file. */
  void end(SchemaMetadata metadata, int rowGroupRows, Compression compression) throws IOException {
    Footer.Builder footer =
        Footer.newBuilder()
            .setHeaderLength(MAGIC.length)
            .setContentLength(position())
            .addAllStripes(stripes)
            .addAllTypes(OrcSchema.types(metadata.schema()))
            .setNumberOfRows(rows)
            .setRowIndexStride(rowGroupRows)
            .setCalendar(CalendarKind.PROLEPTIC_GREGORIAN)
            // Whose encodings they are, and whose faults readers have to know of.
            .setWriter(WriterImplementation.ORC_JAVA.getId());
    metadata
        .toKeyValues()
        .forEach((key, value) ->
            footer.addMetadata(
                UserMetadataItem.newBuilder()
                    .setName(key)
                    .setValue(ByteString.copyFromUtf8(value))));
    List<ColumnStatistics> noRows =
        footer.getTypesList().stream()
            .map(type -> ColumnStatistics.newBuilder().setNumberOfValues(0).build())
            .toList();
    footer.addAllStatistics(statistics.orElse(noRows));
    PostScript.Builder postScript =
        PostScript.newBuilder()
            .setMetadataLength(
                write(Metadata.newBuilder().addAllStripeStats(stripeStatistics).build()))
            .setFooterLength(write(footer.build()))
            .setCompression(compression.kind())
            .addVersion(Version.V_0_12.getMajor())
            .addVersion(Version.V_0_12.getMinor())
            .setWriterVersion(WriterVersion.ORC_14.getId())
            .setMagic(new String(MAGIC, StandardCharsets.US_ASCII));
    if (compression != Compression.NONE) {
      postScript.setCompressionBlockSize(options.getBufferSize());
    }
    byte[] last = postScript.build().toByteArray();
    sink.write(last);
    sink.write(new byte[] {(byte) last.length});
  }

  /** Writes a message; returns how many bytes it takes. */
  private long write(MessageLite message) throws IOException {
    StreamBytes bytes = new StreamBytes(OrcSchema.ROOT, Stream.Kind.DATA);
    compress(message, bytes);
    bytes.writeTo(sink);
    return bytes.size();
  }

  private void compress(MessageLite message, StreamBytes to) throws IOException {
    OutStream out = new OutStream("a message", options, to);
    message.writeTo(out);
    out.flush();
  }
}
