package io.elacsym.tck.broken;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.index.FormerVectorIndex;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexCapabilities;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.index.TestVectors;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Vector indexes that treat their host badly. */
final class BrokenVectorHosts {
  private static final String READS = "a read that fails is told as it was, and can be tried again";

  private BrokenVectorHosts() {}

  static List<BrokenPart> parts() {
    return List.of(
        part(
            "keeps its rows until it writes",
            new BuildsLate(),
            "a build that has returned looks at its rows no more"),
        part(
            "builds in fields",
            new BuildsInFields(),
            "builds beside each other do not disturb each other"),
        part(
            "knows the last index that was opened",
            new KnowsTheLast(),
            "indexes that are open together answer each for itself"),
        part(
            "asks once whether it is cancelled",
            new AsksOnce(),
            "a build asks throughout whether it is cancelled"),
        part(
            "asks whether it is cancelled before it begins, and often",
            new AsksBefore(),
            "a build asks throughout whether it is cancelled"),
        part(
            "searches to the end",
            new SearchesToTheEnd(),
            "an exact search of many rows stops when the host cancels it"),
        part(
            "leaves a thread of a build",
            new LeavesThreads(true),
            "no thread outlives a build or a reader"),
        part(
            "leaves a thread of a reader",
            new LeavesThreads(false),
            "no thread outlives a build or a reader"),
        part("takes a failure for damage", new SaysCorrupt(), READS),
        part("remembers a failure", new RemembersFailures(), READS),
        BrokenVectorIndexTest.building(
            "swallows what goes wrong with a write",
            build ->
                new ForwardingVectorIndex.Build(build) {
                  @Override
                  public void write(BlobSink sink) {
                    try {
                      inner.write(sink);
                    } catch (ElacsymException e) {
                      LockSupport.parkNanos(1); // and hopes
                    }
                  }
                },
            "a write that fails is told as it was"),
        part(
            "takes rows of a former index as they were",
            new IgnoresItems(),
            "a merge of indexes answers as if they had not been"),
        part(
            "needs its former indexes",
            new NeedsFormer(),
            "a damaged former index is no reason to fail"));
  }

  private static BrokenPart part(String what, VectorIndexProvider provider, String guard) {
    return BrokenVectorIndexTest.broken(what, provider, guard);
  }

  private static final class BuildsLate extends ForwardingVectorIndex {
    @Override
    public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
      return new VectorIndexBuild() {
        @Override
        public Optional<int[]> rowOrder() {
          return Optional.empty();
        }

        @Override
        public Encoding encoding() {
          return plain.encoding();
        }

        @Override
        public void write(BlobSink sink) {
          plain.build(VectorIndexInput.of(input.field(), input.rows(), false), context).write(sink);
        }
      };
    }
  }

  private static final class BuildsInFields extends ForwardingVectorIndex {
    private volatile Optional<VectorIndexInput> current = Optional.empty();

    @Override
    public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
      current = Optional.of(input);
      LockSupport.parkNanos(1_000_000);
      return plain.build(current.orElse(input), context);
    }
  }

  private static final class KnowsTheLast extends ForwardingVectorIndex {
    private volatile Optional<VectorIndexReader> last = Optional.empty();

    @Override
    public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
      last = Optional.of(plain.open(index, context));
      return new Reader(last.get()) {
        @Override
        public VectorHits search(VectorQuery query) {
          return last.orElse(inner).search(query);
        }
      };
    }
  }

  private static final class AsksOnce extends ForwardingVectorIndex {
    @Override
    public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
      context.checkCancelled();
      return plain.build(input, TestContext.of(this));
    }
  }

  private static final class AsksBefore extends ForwardingVectorIndex {
    @Override
    public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
      for (int i = 0; i < 100; i++) {
        context.checkCancelled();
      }
      return plain.build(input, TestContext.of(this));
    }
  }

  private static final class SearchesToTheEnd extends ForwardingVectorIndex {
    @Override
    public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
      return plain.open(index, TestContext.of(this));
    }
  }

  private static final class LeavesThreads extends ForwardingVectorIndex {
    private final boolean ofBuilds;

    LeavesThreads(boolean ofBuilds) {
      this.ofBuilds = ofBuilds;
    }

    private static void leave() {
      Thread.ofPlatform()
          .daemon()
          .start(() -> LockSupport.parkNanos(Duration.ofSeconds(9).toNanos()));
    }

    @Override
    public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
      if (ofBuilds) {
        leave();
      }
      return super.build(input, context);
    }

    @Override
    public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
      if (!ofBuilds) {
        leave();
      }
      return super.open(index, context);
    }
  }

  private static final class SaysCorrupt extends ForwardingVectorIndex {
    @Override
    public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
      try {
        return plain.open(index, context);
      } catch (ElacsymException e) {
        throw new ElacsymException(ErrorKind.CORRUPT, "no index: " + e.getMessage(), e);
      }
    }
  }

  /** Reads at the first search, and never again. */
  private static final class RemembersFailures extends ForwardingVectorIndex {
    @Override
    public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
      return new VectorIndexReader() {
        private final AtomicBoolean tried = new AtomicBoolean();
        private Optional<VectorIndexReader> opened = Optional.empty();

        private synchronized VectorIndexReader opened() {
          if (!tried.getAndSet(true)) {
            opened = Optional.of(plain.open(index, context));
          }
          return opened.orElseThrow();
        }

        @Override
        public VectorIndexCapabilities capabilities() {
          return opened().capabilities();
        }

        @Override
        public VectorHits search(VectorQuery query) {
          return opened().search(query);
        }

        @Override
        public int count() {
          return opened().count();
        }

        @Override
        public void close() {}
      };
    }
  }

  /** Takes the n-th row of the first former index for the n-th item. */
  private static final class IgnoresItems extends ForwardingVectorIndex {
    @Override
    public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
      if (input.former().isEmpty()) {
        return plain.build(input, context);
      }
      FormerVectorIndex former = input.former().getFirst();
      int dimension = input.field().dimension();
      float[][] vectors = new float[input.rows().count()][dimension];
      for (int item = 0; item < vectors.length; item++) {
        input.rows().copy(item, vectors[item], 0);
        if (item < former.index().segmentRows()) {
          float[] to = vectors[item];
          former
              .index()
              .vectors()
              .read(
                  new int[] {item},
                  (from, end, stored, at) -> {
                    for (int i = 0; i < dimension; i++) {
                      to[i] =
                          stored.get(
                              ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                              at + 4L * i);
                    }
                  });
        }
      }
      return plain.build(
          VectorIndexInput.of(input.field(), TestVectors.of(vectors), input.mayReorder()), context);
    }
  }

  private static final class NeedsFormer extends ForwardingVectorIndex {
    @Override
    public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
      input.former().forEach(former -> plain.open(former.index(), context).close());
      return plain.build(input, context);
    }
  }
}
