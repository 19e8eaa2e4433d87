package io.elacsym.tck.broken;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Formats that treat their host badly. */
final class BrokenFormatHosts {
  private static final String READS = "a read that fails is told as it was, and can be tried again";
  private static final String THREADS = "no thread outlives a writer or a reader";

  private BrokenFormatHosts() {}

  static List<BrokenPart> parts() {
    return List.of(
        BrokenFormatTest.reading(
            "has one cursor", OneCursor::new, "cursors of one reader are independent"),
        BrokenFormatTest.broken(
            "knows the last file that was opened",
            new KnowsTheLast(),
            "segments that are open together answer each for itself"),
        BrokenFormatTest.broken(
            "writes in fields",
            new WritesInFields(),
            "writers beside each other do not disturb each other"),
        BrokenFormatTest.broken("leaves a thread of a writer", new LeavesThreads(true), THREADS),
        BrokenFormatTest.broken("leaves a thread of a reader", new LeavesThreads(false), THREADS),
        BrokenFormatTest.broken("takes a failure for damage", new SaysCorrupt(), READS),
        BrokenFormatTest.broken("closes the file after a failure", new ClosesAfterFailure(), READS),
        BrokenFormatTest.broken(
            "swallows what goes wrong with a write",
            new SwallowsFailures(),
            "a write that fails is told as it was"));
  }

  private static final class OneCursor extends ForwardingFormat.Reader {
    private volatile Optional<BatchCursor> cursor = Optional.empty();

    OneCursor(SegmentReader inner) {
      super(inner);
    }

    @Override
    public BatchCursor scan(List<String> columns, int fromRow, int batchRows) {
      cursor = Optional.of(inner.scan(columns, fromRow, batchRows));
      return new BatchCursor() {
        @Override
        public Optional<ColumnBatch> next() {
          return cursor.orElseThrow().next();
        }

        @Override
        public void close() {}
      };
    }
  }

  private static final class KnowsTheLast extends ForwardingFormat {
    private volatile Optional<SegmentReader> last = Optional.empty();

    @Override
    public SegmentReader open(BlobSource source, Encoding stored, PluginContext context) {
      last = Optional.of(rows.open(source, stored, context));
      return new Reader(last.get()) {
        @Override
        public ColumnBatch fetch(int[] wanted, List<String> columns) {
          return last.orElse(inner).fetch(wanted, columns);
        }
      };
    }
  }

  private static final class WritesInFields extends ForwardingFormat {
    private volatile Optional<ColumnBatch> current = Optional.empty();

    @Override
    public SegmentWriter writer(SegmentSchema schema, BlobSink sink, PluginContext context) {
      return new Writer(rows.writer(schema, sink, context)) {
        @Override
        public void write(ColumnBatch batch) {
          current = Optional.of(batch);
          LockSupport.parkNanos(100_000);
          inner.write(current.orElse(batch));
        }
      };
    }
  }

  private static final class LeavesThreads extends ForwardingFormat {
    private final boolean ofWriters;

    LeavesThreads(boolean ofWriters) {
      this.ofWriters = ofWriters;
    }

    private static void leave() {
      Thread.ofPlatform()
          .daemon()
          .start(() -> LockSupport.parkNanos(Duration.ofSeconds(9).toNanos()));
    }

    @Override
    public SegmentWriter writer(SegmentSchema schema, BlobSink sink, PluginContext context) {
      if (ofWriters) {
        leave();
      }
      return super.writer(schema, sink, context);
    }

    @Override
    public SegmentReader open(BlobSource source, Encoding stored, PluginContext context) {
      if (!ofWriters) {
        leave();
      }
      return super.open(source, stored, context);
    }
  }

  private static final class SaysCorrupt extends ForwardingFormat {
    @Override
    public SegmentReader open(BlobSource source, Encoding stored, PluginContext context) {
      return new Reader(rows.open(source, stored, context)) {
        @Override
        public ColumnBatch fetch(int[] wanted, List<String> columns) {
          try {
            return inner.fetch(wanted, columns);
          } catch (ElacsymException e) {
            throw new ElacsymException(ErrorKind.CORRUPT, "no file: " + e.getMessage(), e);
          }
        }
      };
    }
  }

  private static final class ClosesAfterFailure extends ForwardingFormat {
    @Override
    public SegmentReader open(BlobSource source, Encoding stored, PluginContext context) {
      return rows.open(
          new ForwardingSource(source) {
            private boolean closed;

            @Override
            public List<MemorySegment> readAll(List<ByteRange> ranges) {
              if (closed) {
                throw new IllegalStateException("closed");
              }
              try {
                return inner.readAll(ranges);
              } catch (ElacsymException e) {
                closed = true;
                throw e;
              }
            }
          },
          stored,
          context);
    }
  }

  private static final class SwallowsFailures extends ForwardingFormat {
    @Override
    public SegmentWriter writer(SegmentSchema schema, BlobSink sink, PluginContext context) {
      return new Writer(rows.writer(schema, sink, context)) {
        @Override
        public void write(ColumnBatch batch) {
          try {
            inner.write(batch);
          } catch (ElacsymException e) {
            LockSupport.parkNanos(1); // and hopes
          }
        }

        @Override
        public void finish() {
          try {
            inner.finish();
          } catch (ElacsymException e) {
            LockSupport.parkNanos(1); // and hopes
          }
        }
      };
    }
  }
}
