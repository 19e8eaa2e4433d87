package io.elacsym.format.orc.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.format.orc.OrcFormatProvider;
import io.elacsym.format.orc.layout.OrcSchema;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.segment.SampleSegments;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.orc.MemoryManager;
import org.apache.orc.OrcFile;
import org.apache.orc.OrcProto.Footer;
import org.apache.orc.OrcProto.PostScript;
import org.apache.orc.OrcProto.StripeFooter;
import org.apache.orc.OrcProto.StripeInformation;
import org.apache.orc.OrcUtils;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.apache.orc.impl.WriterImpl;
import org.apache.orc.impl.writer.StreamOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The library has a driver of its column writers, too, for row groups of 1000 rows and more. Where
 * both can be used, they write the same.
 */
class OrcFileWriterTest {
  private static final SampleSegments SAMPLES = new SampleSegments(new OrcFormatProvider());
  private static final int ROW_GROUP_ROWS = 1000;

  static Stream<ColumnBatch> batches() {
    return Stream.of(SampleSegments.rows(0, 4321), SampleSegments.everyType());
  }

  @ParameterizedTest
  @MethodSource("batches")
  void aFileIsWhatTheLibrarysOwnDriverWrites(ColumnBatch batch) throws IOException {
    byte[] ours =
        SAMPLES.write(
            Map.of("compression", "none", "row_group_rows", Integer.toString(ROW_GROUP_ROWS)),
            batch);
    byte[] theirs = theirs(batch);
    Footer ourFooter = footer(ours);
    Footer theirFooter = footer(theirs);
    int end = streamsEnd(ourFooter);
    assertThat(end).isEqualTo(streamsEnd(theirFooter)).isGreaterThan(0);
    assertThat(Arrays.mismatch(Arrays.copyOf(ours, end), Arrays.copyOf(theirs, end)))
        .as("the first byte that differs among those of indexes and columns")
        .isEqualTo(-1);
    // Ours says besides that times are meant in UTC, and theirs which version of the library it is.
    assertThat(stripeFooter(ours, end).toBuilder().clearWriterTimezone().build())
        .isEqualTo(stripeFooter(theirs, end));
    assertThat(common(ourFooter)).isEqualTo(common(theirFooter));
  }

  /** The end of the bytes of the only stripe's indexes and columns. */
  private static int streamsEnd(Footer footer) {
    assertThat(footer.getStripesCount()).isEqualTo(1);
    StripeInformation stripe = footer.getStripes(0);
    return Math.toIntExact(stripe.getOffset() + stripe.getIndexLength() + stripe.getDataLength());
  }

  private static StripeFooter stripeFooter(byte[] file, int start) throws IOException {
    int length = Math.toIntExact(footer(file).getStripes(0).getFooterLength());
    return StripeFooter.parseFrom(Arrays.copyOfRange(file, start, start + length));
  }

  private static Footer common(Footer footer) {
    return footer.toBuilder()
        .clearStripes()
        .clearContentLength()
        .clearMetadata()
        .clearSoftwareVersion()
        .build();
  }

  private static PostScript postScript(byte[] file) throws IOException {
    int length = file[file.length - 1];
    return PostScript.parseFrom(
        Arrays.copyOfRange(file, file.length - 1 - length, file.length - 1));
  }

  private static Footer footer(byte[] file) throws IOException {
    PostScript postScript = postScript(file);
    int end = file.length - 1 - file[file.length - 1];
    return Footer.parseFrom(
        Arrays.copyOfRange(file, end - (int) postScript.getFooterLength(), end));
  }

  private static byte[] theirs(ColumnBatch batch) throws IOException {
    List<Column> columns = List.copyOf(batch.columns().values());
    SegmentSchema schema = new SegmentSchema(columns.stream().map(Column::spec).toList());
    TypeDescription type =
        OrcUtils.convertTypeFromProtobuf(OrcSchema.types(schema), OrcSchema.ROOT);
    Configuration settings = new Configuration(false);
    settings.set("orc.dictionary.key.threshold", "0");
    MemoryBlobSink sink = new MemoryBlobSink();
    OrcFile.WriterOptions options =
        OrcFile.writerOptions(settings)
            .setSchema(type)
            .rowIndexStride(ROW_GROUP_ROWS)
            .useUTCTimestamp(true)
            .setProlepticGregorian(true)
            .memory(new NoLimit())
            .physicalWriter(
                new SinkFile(sink, new StreamOptions(4096), new KeptStatistics(schema)));
    try (Writer writer = new WriterImpl(null, new Path("segment"), options)) {
      RowBatch rows = new RowBatch(schema, type);
      for (int row = 0; row < batch.rows(); ) {
        row += rows.fill(columns, row, Math.min(batch.rows() - row, RowBatch.MAX_ROWS));
        writer.addRowBatch(rows.rows());
      }
    }
    return sink.bytes();
  }

  private static final class NoLimit implements MemoryManager {
    @Override
    public void addWriter(Path path, long requestedAllocation, Callback callback) {}

    @Override
    public void removeWriter(Path path) {}

    @Override
    @SuppressWarnings("deprecation") // it cannot be left out
    public void addedRow(int rows) {}
  }
}
