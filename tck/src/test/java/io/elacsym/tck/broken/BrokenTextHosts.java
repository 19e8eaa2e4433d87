package io.elacsym.tck.broken;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.WeightedTerm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Text indexes that treat their host badly. */
final class BrokenTextHosts {
  private static final String READS = "a read that fails is told as it was, and can be tried again";
  private static final String THREADS = "no thread outlives a writer or a reader";

  private BrokenTextHosts() {}

  static List<BrokenPart> parts() {
    return List.of(
        BrokenTextIndexTest.broken(
            "writes in fields",
            new WritesInFields(),
            "writers beside each other do not disturb each other"),
        BrokenTextIndexTest.broken(
            "knows the last index that was opened",
            new KnowsTheLast(),
            "indexes that are open together answer each for itself"),
        BrokenTextIndexTest.broken("leaves a thread of a writer", new LeavesThreads(0), THREADS),
        BrokenTextIndexTest.broken("leaves a thread of a reader", new LeavesThreads(1), THREADS),
        BrokenTextIndexTest.broken(
            "leaves a thread of a live index", new LeavesThreads(2), THREADS),
        BrokenTextIndexTest.broken("takes a failure for damage", new SaysCorrupt(), READS),
        BrokenTextIndexTest.broken("remembers a failure", new RemembersFailures(), READS),
        BrokenTextIndexTest.broken(
            "swallows what goes wrong with a write",
            new SwallowsFailures(),
            "a write that fails is told as it was"));
  }

  /** Forwards everything to a writer. */
  private abstract static class Writer implements TextIndexWriter {
    final TextIndexWriter inner;

    Writer(TextIndexWriter inner) {
      this.inner = inner;
    }

    @Override
    public void add(int row, List<String> values) {
      inner.add(row, values);
    }

    @Override
    public void finish() {
      inner.finish();
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private static final class WritesInFields extends ForwardingTextIndex {
    private volatile List<String> current = List.of();

    @Override
    public TextIndexWriter writer(
        TextField field, int segmentRows, BlobSink sink, PluginContext context) {
      return new Writer(plain.writer(field, segmentRows, sink, context)) {
        @Override
        public void add(int row, List<String> values) {
          current = values;
          LockSupport.parkNanos(1000);
          inner.add(row, current);
        }
      };
    }
  }

  private static final class KnowsTheLast extends ForwardingTextIndex {
    private volatile Optional<TextIndexReader> last = Optional.empty();

    @Override
    protected TextIndexReader spoilt(TextIndexReader good) {
      last = Optional.of(good);
      return new Reader(good) {
        @Override
        public TextHits search(TextQuery query) {
          return last.orElse(inner).search(query);
        }
      };
    }
  }

  private static final class LeavesThreads extends ForwardingTextIndex {
    private final int where;

    /**
     * @param where 0 in a writer, 1 in a reader, 2 in a live index
     */
    LeavesThreads(int where) {
      this.where = where;
    }

    private void leave(int here) {
      if (where == here) {
        Thread.ofPlatform()
            .daemon()
            .start(() -> LockSupport.parkNanos(Duration.ofSeconds(9).toNanos()));
      }
    }

    @Override
    public TextIndexWriter writer(
        TextField field, int segmentRows, BlobSink sink, PluginContext context) {
      leave(0);
      return super.writer(field, segmentRows, sink, context);
    }

    @Override
    public TextIndexReader open(
        TextField field, BlobSource source, Encoding stored, int rows, PluginContext context) {
      leave(1);
      return super.open(field, source, stored, rows, context);
    }

    @Override
    public LiveTextIndex live(TextField field, PluginContext context) {
      leave(2);
      return super.live(field, context);
    }
  }

  private static final class SaysCorrupt extends ForwardingTextIndex {
    @Override
    public TextIndexReader open(
        TextField field, BlobSource source, Encoding stored, int rows, PluginContext context) {
      try {
        return plain.open(field, source, stored, rows, context);
      } catch (ElacsymException e) {
        throw new ElacsymException(ErrorKind.CORRUPT, "no index: " + e.getMessage(), e);
      }
    }
  }

  /** Reads when it is asked first, and never again. */
  private static final class RemembersFailures extends ForwardingTextIndex {
    @Override
    public TextIndexReader open(
        TextField field, BlobSource source, Encoding stored, int rows, PluginContext context) {
      return new TextIndexReader() {
        private boolean tried;
        private Optional<TextIndexReader> opened = Optional.empty();

        private synchronized TextIndexReader opened() {
          if (!tried) {
            tried = true;
            opened = Optional.of(plain.open(field, source, stored, rows, context));
          }
          return opened.orElseThrow();
        }

        @Override
        public TextStatistics statistics(List<String> terms, RowSet live) {
          return opened().statistics(terms, live);
        }

        @Override
        public TextHits search(TextQuery query) {
          return opened().search(query);
        }

        @Override
        public float[] score(TextQuery query, int[] asked) {
          return opened().score(query, asked);
        }

        @Override
        public List<WeightedTerm> terms(TermPattern pattern, RowSet live, int limit) {
          return opened().terms(pattern, live, limit);
        }

        @Override
        public RowSet matching(TextClause clause, RowSet accept) {
          return opened().matching(clause, accept);
        }

        @Override
        public void close() {}
      };
    }
  }

  private static final class SwallowsFailures extends ForwardingTextIndex {
    @Override
    public TextIndexWriter writer(
        TextField field, int segmentRows, BlobSink sink, PluginContext context) {
      return new Writer(plain.writer(field, segmentRows, sink, context)) {
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
