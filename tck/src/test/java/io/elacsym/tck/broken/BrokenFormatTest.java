package io.elacsym.tck.broken;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.PageBounds;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.api.segment.ValueType;
import io.elacsym.api.segment.VectorPlaces;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.ProviderContract;
import io.elacsym.tck.memory.Cells;
import io.elacsym.tck.memory.Cells.Absent;
import io.elacsym.tck.memory.RowsFormatProvider;
import io.elacsym.tck.segment.SegmentFormatContract;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BrokenFormatTest {
  private static final String TYPES = "values of every type come back, scalars and lists";
  private static final String ABSENT = "absent, empty list, empty text and zero stay apart";
  private static final String NONE =
      "columns without any value or without any absent row come back";
  private static final String EXTREMES = "the largest, smallest and oddest values come back";
  private static final String RANDOM = "random tables come back";
  private static final String STATISTICS = "statistics are right where there are any";
  private static final String LARGE_STATISTICS = "statistics cover all rows of a large segment";
  private static final String NOTHING =
      "no column, no row and an empty batch are nothing and no error";
  private static final String PLACES = "vectors lie as plain floats where the reader says";
  private static final String TRUNCATED = "a truncated file is corrupt";
  private static final String CHANGED = "a changed bit is read as something or is corrupt";
  private static final String FOREIGN = "a file of another kind is corrupt";

  @TestFactory
  Stream<DynamicTest> checksFindBrokenFormats() {
    SegmentFormatProvider good = new RowsFormatProvider();
    Set<String> promises = BrokenPart.promises(SegmentFormatContract.checks(good));
    promises.removeAll(BrokenPart.promises(ProviderContract.checks(good)));
    return BrokenPart.tests(
        promises,
        Stream.of(parts(), BrokenFormatSizes.parts(), BrokenFormatHosts.parts())
            .flatMap(List::stream)
            .toList());
  }

  private static List<BrokenPart> parts() {
    return List.of(
        changing(
            "turns booleans over",
            (spec, cell) -> cell instanceof Boolean b ? !b : cell,
            TYPES,
            RANDOM),
        changing("loses what is absent", BrokenFormatTest::defaultIfAbsent, ABSENT, NONE, RANDOM),
        changing(
            "takes empty lists for absent",
            (spec, cell) -> cell.equals(List.of()) ? Absent.ABSENT : cell,
            ABSENT),
        changing(
            "takes empty texts for absent",
            (spec, cell) -> cell.equals("") ? Absent.ABSENT : cell,
            ABSENT),
        changing(
            "keeps numbers as doubles",
            (spec, cell) -> cell instanceof Long n ? (Object) (long) n.doubleValue() : cell,
            EXTREMES,
            TYPES),
        changing(
            "loses the sign of zero",
            (spec, cell) -> cell instanceof Double d ? (Object) (d + 0.0) : cell,
            EXTREMES),
        changing(
            "loses the sign of zero in vectors",
            (spec, cell) -> cell instanceof FloatBuffer vector ? unsigned(vector) : cell,
            EXTREMES,
            "vectors of any dimension come back to the bit"),
        changing(
            "knows Latin only",
            (spec, cell) ->
                cell instanceof String s
                    ? new String(
                        s.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1)
                    : cell,
            "text of any script and length comes back"),
        reading(
            "forgets logical types",
            inner ->
                new ForwardingFormat.Reader(inner) {
                  @Override
                  public SegmentSchema schema() {
                    return new SegmentSchema(
                        inner.schema().columns().stream().map(c -> c.logically("")).toList());
                  }
                },
            "the schema comes back: names, order, logical types, dimensions"),
        broken(
            "promises places of vectors and knows none",
            new ForwardingFormat() {
              @Override
              public boolean placesVectors() {
                return true;
              }
            },
            PLACES),
        reading(
            "places every vector at the start",
            inner ->
                new ForwardingFormat.Reader(inner) {
                  @Override
                  public Optional<VectorPlaces> vectorPlaces(String column) {
                    return super.vectorPlaces(column).or(() -> Optional.of(row -> 0));
                  }
                },
            PLACES),
        broken(
            "writes no empty file",
            new WritesNothingForNoRows(),
            "a segment without rows is a segment"),
        reading(
            "counts nothing absent",
            inner ->
                new ForwardingFormat.Reader(inner) {
                  @Override
                  public Optional<ColumnStatistics> statistics(String column) {
                    return inner
                        .statistics(column)
                        .map(s -> new ColumnStatistics(0, s.min(), s.max()));
                  }
                },
            STATISTICS,
            LARGE_STATISTICS),
        reading(
            "gives a bound that is none",
            inner ->
                new ForwardingFormat.Reader(inner) {
                  @Override
                  public Optional<ColumnStatistics> statistics(String column) {
                    return inner
                        .statistics(column)
                        .map(s -> new ColumnStatistics(s.absent(), s.min(), s.min()));
                  }
                },
            STATISTICS,
            LARGE_STATISTICS),
        reading(
            "has bounds that a value is beyond",
            inner ->
                new ForwardingFormat.Reader(inner) {
                  @Override
                  public List<PageBounds> pageBounds(String column) {
                    return column.equals("unsigned")
                        ? List.of(new PageBounds(0, 100, 0, -1L, Long.MAX_VALUE))
                        : List.of();
                  }
                },
            "no value is beyond the bounds of its page"),
        reading(
            "scans in schema order",
            inner ->
                new ForwardingFormat.Reader(inner) {
                  @Override
                  public BatchCursor scan(List<String> columns, int fromRow, int batchRows) {
                    return inner.scan(
                        inner.schema().columns().stream()
                            .map(ColumnSpec::name)
                            .filter(columns::contains)
                            .toList(),
                        fromRow,
                        batchRows);
                  }
                },
            "a scan gives the asked columns in the asked order"),
        reading(
            "scans from the start",
            inner ->
                new ForwardingFormat.Reader(inner) {
                  @Override
                  public BatchCursor scan(List<String> columns, int fromRow, int batchRows) {
                    return inner.scan(columns, fromRow < 300 ? fromRow : 0, batchRows);
                  }
                },
            "a scan starts at any row"),
        reading(
            "makes its own batches",
            inner ->
                new ForwardingFormat.Reader(inner) {
                  @Override
                  public BatchCursor scan(List<String> columns, int fromRow, int batchRows) {
                    return inner.scan(columns, fromRow, 100);
                  }
                },
            "batches have at most the asked rows, however they were written"),
        reading(
            "fetches in row order",
            inner ->
                new ForwardingFormat.Reader(inner) {
                  @Override
                  public ColumnBatch fetch(int[] wanted, List<String> columns) {
                    return inner.fetch(Arrays.stream(wanted).sorted().toArray(), columns);
                  }
                },
            "a fetch gives rows as asked: any order, repeats"),
        reading(
            "fetches each row once",
            inner ->
                new ForwardingFormat.Reader(inner) {
                  @Override
                  public ColumnBatch fetch(int[] wanted, List<String> columns) {
                    return inner.fetch(Arrays.stream(wanted).distinct().toArray(), columns);
                  }
                },
            "a fetch gives rows as asked: any order, repeats"),
        reading(
            "passes over unknown columns",
            inner ->
                new ForwardingFormat.Reader(inner) {
                  @Override
                  public BatchCursor scan(List<String> columns, int fromRow, int batchRows) {
                    return inner.scan(
                        columns.stream().filter(c -> !c.equals("unknown")).toList(),
                        fromRow,
                        batchRows);
                  }
                },
            "unknown columns are illegal arguments"),
        opening(
            "takes arrays from segments",
            ForwardingSource::onHeapOnly,
            "a reader does not care where its bytes lie"),
        broken(
            "takes a broken file for an empty one", new ForgivesCorruption(), TRUNCATED, FOREIGN),
        broken("fails without saying corrupt", new FailsInternally(), TRUNCATED, FOREIGN, CHANGED),
        broken(
            "has a dot in the extension",
            new ForwardingFormat() {
              @Override
              public String extension() {
                return ".rows";
              }
            },
            "the extension is fit for an object name"),
        broken(
            "loses the tenth batch",
            new LosesTheTenthBatch(),
            "a segment of many batches comes back"),
        opening(
            "reads the whole file",
            BrokenFormatTest::readWhole,
            "a scan reads only the asked columns",
            "a fetch reads a small part of the file"),
        opening(
            "reads range by range",
            BrokenFormatTest::oneByOne,
            "a fetch asks for what it needs in few waves"),
        reading(
            "fetches all columns where none is asked for",
            reader ->
                new ForwardingFormat.Reader(reader) {
                  @Override
                  public ColumnBatch fetch(int[] wanted, List<String> columns) {
                    return inner.fetch(wanted, columns.isEmpty() ? allColumns() : columns);
                  }

                  private List<String> allColumns() {
                    return schema().columns().stream().map(ColumnSpec::name).toList();
                  }
                },
            NOTHING),
        broken("cannot take an empty batch", new RefusesEmptyBatches(), NOTHING),
        reading(
            "takes what is no number for the largest one",
            reader ->
                new ForwardingFormat.Reader(reader) {
                  @Override
                  public Optional<ColumnStatistics> statistics(String column) {
                    return column.equals("odd")
                        ? Optional.of(
                            new ColumnStatistics(1, Optional.of(-1.5), Optional.of(Double.NaN)))
                        : inner.statistics(column);
                  }
                },
            STATISTICS),
        reading("keeps what it fetches in a field", SharedState::new, "many threads read at once"));
  }

  private static final class RefusesEmptyBatches extends ForwardingFormat {
    @Override
    public SegmentWriter writer(SegmentSchema schema, BlobSink sink, PluginContext context) {
      return new Writer(rows.writer(schema, sink, context)) {
        @Override
        public void write(ColumnBatch batch) {
          if (batch.rows() == 0) {
            throw new IllegalArgumentException("a batch without rows");
          }
          inner.write(batch);
        }
      };
    }
  }

  static BrokenPart broken(String what, SegmentFormatProvider provider, String... guards) {
    return BrokenPart.of(what, () -> SegmentFormatContract.checks(provider), guards);
  }

  static BrokenPart reading(
      String what, Function<SegmentReader, SegmentReader> spoilt, String... guards) {
    return broken(
        what,
        new ForwardingFormat() {
          @Override
          public SegmentReader open(BlobSource source, Encoding stored, PluginContext context) {
            return spoilt.apply(rows.open(source, stored, context));
          }
        },
        guards);
  }

  private static BrokenPart opening(
      String what, UnaryOperator<BlobSource> spoilt, String... guards) {
    return broken(
        what,
        new ForwardingFormat() {
          @Override
          public SegmentReader open(BlobSource source, Encoding stored, PluginContext context) {
            return rows.open(spoilt.apply(source), stored, context);
          }
        },
        guards);
  }

  private static FloatBuffer unsigned(FloatBuffer vector) {
    FloatBuffer unsigned = FloatBuffer.allocate(vector.remaining());
    for (int i = 0; i < vector.remaining(); i++) {
      unsigned.put(i, vector.get(vector.position() + i) + 0f);
    }
    return unsigned;
  }

  interface Change {
    Object of(ColumnSpec spec, Object cell);
  }

  /** A format that changes cells when they are written; lists element by element too. */
  static BrokenPart changing(String what, Change change, String... guards) {
    return broken(
        what,
        new ForwardingFormat() {
          @Override
          public SegmentWriter writer(SegmentSchema schema, BlobSink sink, PluginContext context) {
            return new Writer(rows.writer(schema, sink, context)) {
              @Override
              public void write(ColumnBatch batch) {
                List<Column> columns = new ArrayList<>();
                for (Column column : batch.columns().values()) {
                  columns.add(changed(column, change));
                }
                inner.write(ColumnBatch.of(batch.rows(), columns));
              }
            };
          }
        },
        guards);
  }

  private static Column changed(Column column, Change change) {
    ColumnSpec spec = column.spec();
    List<Object> cells =
        Cells.of(column).stream()
            .map(cell ->
                cell instanceof List<?> list && !list.isEmpty()
                    ? list.stream()
                        .map(element -> change.of(spec, element))
                        .map(element -> element == Absent.ABSENT ? "" : element)
                        .toList()
                    : change.of(spec, cell))
            .toList();
    return Cells.column(spec, cells);
  }

  private static Object defaultIfAbsent(ColumnSpec spec, Object cell) {
    if (cell != Absent.ABSENT || spec.type() == ValueType.VECTOR) {
      return cell;
    }
    if (spec.list()) {
      return List.of();
    }
    return switch (spec.type()) {
      case BOOL -> false;
      case INT64 -> 0L;
      case FLOAT64 -> 0.0;
      case STRING -> "";
      case BINARY, VECTOR -> ByteBuffer.allocate(0);
    };
  }

  private static BlobSource readWhole(BlobSource source) {
    source.read(0, source.size());
    return source;
  }

  private static BlobSource oneByOne(BlobSource source) {
    return new ForwardingSource(source) {
      @Override
      public List<MemorySegment> readAll(List<ByteRange> ranges) {
        return ranges.stream().map(r -> inner.read(r.offset(), r.length())).toList();
      }
    };
  }

  private static final class WritesNothingForNoRows extends ForwardingFormat {
    @Override
    public SegmentWriter writer(SegmentSchema schema, BlobSink sink, PluginContext context) {
      return new Writer(rows.writer(schema, sink, context)) {
        private boolean any;

        @Override
        public void write(ColumnBatch batch) {
          any = true;
          inner.write(batch);
        }

        @Override
        public void finish() {
          if (any) {
            inner.finish();
          }
        }
      };
    }
  }

  private static final class LosesTheTenthBatch extends ForwardingFormat {
    @Override
    public SegmentWriter writer(SegmentSchema schema, BlobSink sink, PluginContext context) {
      return new Writer(rows.writer(schema, sink, context)) {
        private int count;

        @Override
        public void write(ColumnBatch batch) {
          if (++count != 10) {
            inner.write(batch);
          }
        }
      };
    }
  }

  private static final class ForgivesCorruption extends ForwardingFormat {
    @Override
    public SegmentReader open(BlobSource source, Encoding stored, PluginContext context) {
      try {
        return rows.open(source, stored, context);
      } catch (ElacsymException e) {
        MemoryBlobSink empty = new MemoryBlobSink();
        try (SegmentWriter writer = rows.writer(new SegmentSchema(List.of()), empty, context)) {
          writer.finish();
        }
        return rows.open(empty.source(), stored, context);
      }
    }
  }

  private static final class FailsInternally extends ForwardingFormat {
    @Override
    public SegmentReader open(BlobSource source, Encoding stored, PluginContext context) {
      try {
        return rows.open(source, stored, context);
      } catch (ElacsymException e) {
        throw new ElacsymException(ErrorKind.INTERNAL, "index out of bounds", e);
      }
    }
  }

  private static final class SharedState extends ForwardingFormat.Reader {
    private volatile int[] wanted = {};

    SharedState(SegmentReader inner) {
      super(inner);
    }

    @Override
    public ColumnBatch fetch(int[] rows, List<String> columns) {
      wanted = rows;
      LockSupport.parkNanos(1000);
      return inner.fetch(wanted, columns);
    }
  }
}
