package io.elacsym.tck.broken;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Formats that are right for what is small. */
final class BrokenFormatSizes {
  private static final String LARGE = "values of more than a MiB come back";
  private static final String LISTS = "lists of a hundred thousand elements come back";
  private static final String DIMENSIONS = "vectors of any dimension come back to the bit";
  private static final String COLUMNS = "a segment may have hundreds of columns";
  private static final String BEYOND_SHORTS = "rows beyond 65,535 come back";
  private static final String BOUNDS = "bounds are those of all values, of any sign and script";
  private static final int MIB = 1 << 20;

  private BrokenFormatSizes() {}

  static List<BrokenPart> parts() {
    return List.of(
        BrokenFormatTest.changing(
            "cuts texts at a MiB",
            (spec, cell) ->
                cell instanceof String text && text.length() > MIB ? text.substring(0, MIB) : cell,
            LARGE),
        BrokenFormatTest.changing(
            "cuts binaries at a MiB",
            (spec, cell) ->
                cell instanceof ByteBuffer bytes && bytes.remaining() > MIB
                    ? bytes.duplicate().limit(bytes.position() + MIB).slice()
                    : cell,
            LARGE),
        reading(
            "has room for 65,535 elements",
            (inner, batch) -> {
              if (batch.columns().values().stream()
                  .anyMatch(column ->
                      column.spec().list()
                          && batch.rows() > 0
                          && column.end(batch.rows() - 1) - column.start(0) > 0xffff)) {
                throw new ArrayIndexOutOfBoundsException(0x10000);
              }
              return batch;
            },
            LISTS),
        BrokenFormatTest.changing(
            "keeps 1,024 components",
            (spec, cell) -> cell instanceof FloatBuffer vector ? cut(vector) : cell,
            DIMENSIONS),
        BrokenFormatTest.broken("has room for 64 columns", new HasRoomFor64(), COLUMNS),
        BrokenFormatTest.reading(
            "numbers rows with 16 bits",
            inner ->
                new ForwardingFormat.Reader(inner) {
                  @Override
                  public ColumnBatch fetch(int[] wanted, List<String> columns) {
                    return inner.fetch(
                        Arrays.stream(wanted).map(row -> row & 0xffff).toArray(), columns);
                  }
                },
            BEYOND_SHORTS),
        bounds(
            "begins the search for the most with the least positive double",
            (column, s) ->
                new ColumnStatistics(
                    s.absent(),
                    s.min(),
                    s.max()
                        .map(max ->
                            max instanceof Double number
                                ? (Comparable<?>) Math.max(number, Double.MIN_VALUE)
                                : max))),
        bounds(
            "compares texts by chars",
            (column, s) ->
                new ColumnStatistics(
                    s.absent(),
                    s.min(),
                    s.max().map(max -> max.equals("\ud800\udc00") ? "\uffff" : max))),
        bounds(
            "compares unsigned numbers with their sign",
            (column, s) ->
                column.equals("unsigned")
                    ? new ColumnStatistics(
                        s.absent(), Optional.of(Long.MIN_VALUE), Optional.of(Long.MAX_VALUE))
                    : s));
  }

  private interface Read {
    ColumnBatch of(SegmentReader inner, ColumnBatch batch);
  }

  private static BrokenPart reading(String what, Read read, String... guards) {
    return BrokenFormatTest.reading(
        what,
        inner ->
            new ForwardingFormat.Reader(inner) {
              @Override
              public ColumnBatch fetch(int[] wanted, List<String> columns) {
                return read.of(inner, inner.fetch(wanted, columns));
              }
            },
        guards);
  }

  private interface Bounds {
    ColumnStatistics of(String column, ColumnStatistics right);
  }

  private static BrokenPart bounds(String what, Bounds bounds) {
    return BrokenFormatTest.reading(
        what,
        inner ->
            new ForwardingFormat.Reader(inner) {
              @Override
              public Optional<ColumnStatistics> statistics(String column) {
                return inner.statistics(column).map(right -> bounds.of(column, right));
              }
            },
        BOUNDS);
  }

  private static FloatBuffer cut(FloatBuffer vector) {
    FloatBuffer cut = FloatBuffer.allocate(vector.remaining());
    int kept = Math.min(1024, vector.remaining());
    cut.put(0, vector, vector.position(), kept);
    return cut;
  }

  private static final class HasRoomFor64 extends ForwardingFormat {
    @Override
    public SegmentWriter writer(SegmentSchema schema, BlobSink sink, PluginContext context) {
      List<ColumnSpec> columns = schema.columns();
      if (columns.size() > 64) {
        throw ElacsymException.invalid("there are " + columns.size() + " columns");
      }
      return super.writer(schema, sink, context);
    }
  }
}
