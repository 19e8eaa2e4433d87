package io.elacsym.format.orc.write;

import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.format.columnar.SchemaMetadata;
import io.elacsym.format.orc.layout.OrcSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.orc.OrcFile;
import org.apache.orc.OrcProto.CalendarKind;
import org.apache.orc.OrcProto.CompressionKind;
import org.apache.orc.OrcProto.Footer;
import org.apache.orc.OrcProto.Metadata;
import org.apache.orc.OrcProto.PostScript;
import org.apache.orc.OrcProto.StripeFooter;
import org.apache.orc.OrcProto.StripeInformation;
import org.apache.orc.OrcProto.UserMetadataItem;
import org.apache.orc.TypeDescription;
import org.apache.orc.impl.writer.TreeWriter;
import org.apache.orc.protobuf.ByteString;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

/**
 * Drives the library's column writers, which encode the values and write the indexes and the
 * statistics: it says when a row group and a stripe end, and lists the stripes in the footer. The
 * library's own driver refuses row groups of fewer than 1,000 rows, and with these a few rows of a
 * long text cost almost three times the bytes to read. For one thread.
 */
final class OrcFileWriter {
  /** Stripes say in which zone times are meant; ours are instants. */
  private static final String ZONE = "UTC";

  private final SegmentSchema schema;
  private final SinkFile file;
  private final ColumnContext context;
  private final TreeWriter columns;
  private final int rowGroupRows;
  private final List<StripeInformation> stripes = new ArrayList<>();
  private long rows;
  private int stripeRows;

  /**
   * @param file whose header is not written yet
   */
  OrcFileWriter(SegmentSchema schema, TypeDescription type, SinkFile file, ColumnContext context)
      throws IOException {
    this.schema = schema;
    this.file = file;
    this.context = context;
    this.rowGroupRows = context.getRowIndexStride();
    file.writeHeader();
    this.columns = TreeWriter.Factory.create(type, null, context);
  }

  /** How many rows the stripe has that is being written. */
  int stripeRows() {
    return stripeRows;
  }

  /** How many bytes of it are encoded, roughly. */
  long bufferedBytes() {
    return file.bufferedBytes();
  }

  /** How many rows the row group can take that is being written. */
  int roomInRowGroup() {
    return rowGroupRows - stripeRows % rowGroupRows;
  }

  /**
   * @param batch no more rows than there is room for in the row group
   */
  void add(VectorizedRowBatch batch) throws IOException {
    columns.writeRootBatch(batch, 0, batch.size);
    stripeRows += batch.size;
    if (stripeRows % rowGroupRows == 0) {
      columns.createRowIndexEntry();
    }
  }

  /** Writes the stripe, if it has rows, and begins the next. */
  void endStripe() throws IOException {
    if (stripeRows == 0) {
      return;
    }
    if (stripeRows % rowGroupRows != 0) {
      columns.createRowIndexEntry();
    }
    columns.flushStreams();
    columns.writeStripe(Math.ceilDiv(stripeRows, rowGroupRows));
    StripeInformation.Builder stripe = StripeInformation.newBuilder().setNumberOfRows(stripeRows);
    file.finalizeStripe(
        StripeFooter.newBuilder().setWriterTimezone(ZONE).addAllColumns(context.takeEncodings()),
        stripe);
    stripes.add(stripe.build());
    rows += stripeRows;
    stripeRows = 0;
  }

  /** Completes the file. */
  void end() throws IOException {
    endStripe();
    file.writeFileMetadata(Metadata.newBuilder());
    columns.writeFileStatistics();
    file.writeFileFooter(footer());
    file.writePostScript(postScript());
  }

  private Footer.Builder footer() {
    Footer.Builder footer =
        Footer.newBuilder()
            .addAllStripes(stripes)
            .addAllTypes(OrcSchema.types(schema))
            .setNumberOfRows(rows)
            .setRowIndexStride(rowGroupRows)
            .setCalendar(CalendarKind.PROLEPTIC_GREGORIAN)
            // Readers work around known faults of each writer. The encodings here are those of
            // ORC's Java library, so the file names it as its writer.
            .setWriter(OrcFile.WriterImplementation.ORC_JAVA.getId());
    SchemaMetadata.of(schema)
        .toKeyValues()
        .forEach((key, value) ->
            footer.addMetadata(
                UserMetadataItem.newBuilder()
                    .setName(key)
                    .setValue(ByteString.copyFromUtf8(value))));
    return footer;
  }

  private PostScript.Builder postScript() {
    PostScript.Builder postScript =
        PostScript.newBuilder()
            .setMagic(OrcFile.MAGIC)
            .addVersion(context.getVersion().getMajor())
            .addVersion(context.getVersion().getMinor())
            .setWriterVersion(OrcFile.WriterVersion.ORC_14.getId())
            .setCompression(CompressionKind.NONE);
    if (context.isCompressed()) {
      postScript
          .setCompression(
              CompressionKind.valueOf(file.getStreamOptions().getCodec().getKind().name()))
          .setCompressionBlockSize(file.getStreamOptions().getBufferSize());
    }
    return postScript;
  }
}
