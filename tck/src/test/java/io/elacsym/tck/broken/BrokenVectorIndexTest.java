package io.elacsym.tck.broken;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.api.index.VectorRows;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.ProviderContract;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.VectorIndexContract;
import io.elacsym.tck.reference.PlainVectorIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BrokenVectorIndexTest {
  private static final String COUNT = "as many hits come back as are asked for, or as there are";
  private static final String SORTED = "hits are sorted best first, equal scores by row";
  private static final String SCORES = "scores are exact";
  private static final String EXACT = "the recall target 1 gives the exact answer";
  private static final String EFFORT = "forced effort is obeyed and keeps the answer well formed";
  private static final String TRUNCATED = "a truncated blob is corrupt";
  private static final String FOREIGN = "a blob of another kind is corrupt";

  @TestFactory
  Stream<DynamicTest> checksFindBrokenIndexes() {
    VectorIndexProvider good = new PlainVectorIndex();
    Set<String> promises = BrokenPart.promises(VectorIndexContract.checks(good));
    promises.removeAll(BrokenPart.promises(ProviderContract.checks(good)));
    return BrokenPart.tests(
        promises,
        Stream.of(parts(), BrokenVectorSizes.parts(), BrokenVectorHosts.parts())
            .flatMap(List::stream)
            .toList());
  }

  private static List<BrokenPart> parts() {
    return List.of(
        searching(
            "filters after ranking",
            BrokenVectorIndexTest::filteringAfter,
            COUNT,
            recall("when 50.0 % of the rows match"),
            recall("when 10.0 % of the rows match"),
            recall("when 1.0 % of the rows match"),
            recall("when 0.1 % of the rows match"),
            recall("when the rows nearest to the query do not match")),
        searching(
            "gives up under filters",
            (inner, query) ->
                query.accept().cardinality() * 50 < query.accept().rowCount()
                    ? new VectorHits(new int[0], new float[0], 0)
                    : inner.search(query),
            recall("when 1.0 % of the rows match"),
            recall("when 0.1 % of the rows match")),
        searching(
            "finds the first row twice",
            (inner, query) ->
                changed(inner.search(query), (i, rows) -> rows[Math.min(i, rows.length - 2)]),
            "rows are distinct"),
        searching(
            "returns deleted rows",
            (inner, query) -> inner.search(with(query, RowSet.all(query.accept().rowCount()))),
            "only accepted rows come back",
            "nothing accepted, nothing found"),
        broken(
            "makes vectors for rows without one",
            new FillsGaps(),
            "rows without a vector never come back"),
        searching("sorts worst first", (inner, query) -> reversed(inner.search(query)), SORTED),
        searching(
            "sorts equal scores by falling row", BrokenVectorIndexTest::lastRowsFirst, SORTED),
        searching("estimates scores", (inner, query) -> scaled(inner.search(query), 1.02f), SCORES),
        searching(
            "scores with distances", (inner, query) -> scaled(inner.search(query), -1), SCORES),
        searching(
            "counts no comparisons",
            (inner, query) -> {
              VectorHits hits = inner.search(query);
              return new VectorHits(hits.rows(), hits.scores(), 0);
            },
            "at least as many vectors were scored as came back"),
        searching(
            "misses the nearest",
            BrokenVectorIndexTest::missingTheNearest,
            EXACT,
            recall("on clustered data, cosine"),
            recall("on clustered data, l2"),
            recall("on clustered data, dot"),
            recall("on uniform data"),
            recall("when 50.0 % of the rows match"),
            recall("when 10.0 % of the rows match"),
            recall("when the rows nearest to the query do not match"),
            "the recall target 1 is exact on a large segment",
            "an index that says it is exact is",
            EFFORT),
        searching(
            "finds nothing where there is a bar",
            (inner, query) -> {
              VectorHits hits = inner.search(query);
              boolean barred = query.bar().score() > Float.NEGATIVE_INFINITY;
              return barred ? picked(hits, List.of()) : hits;
            },
            "a bar leaves out no hit that reaches it"),
        searching(
            "normalises the query in place",
            (inner, query) -> {
              query.vector()[0] *= 0.5f;
              return inner.search(query);
            },
            "a search leaves the query as it was"),
        broken(
            "knows an answer by its array",
            new KnowsArrays(),
            "the query's array may be used again after the search"),
        searching(
            "takes effort for a number of hits",
            (inner, query) -> {
              VectorHits hits = inner.search(query);
              int size = Math.min(hits.rows().length, query.effort().orElse(1000));
              return new VectorHits(
                  Arrays.copyOf(hits.rows(), size), Arrays.copyOf(hits.scores(), size), 5000);
            },
            EFFORT),
        reading(
            "guesses what is likely",
            inner ->
                new ForwardingVectorIndex.Reader(inner) {
                  @Override
                  public VectorHits search(VectorQuery query, Consumer<int[]> likely) {
                    likely.accept(new int[] {query.accept().next(0)});
                    return inner.search(query);
                  }
                },
            "all hits are among the rows told to be likely"),
        reading(
            "keeps the query in a field",
            SharedState::new,
            "concurrent searches answer as one alone"),
        building(
            "gives an order that is none",
            build ->
                new ForwardingVectorIndex.Build(build) {
                  @Override
                  public Optional<int[]> rowOrder() {
                    return inner
                        .rowOrder()
                        .map(order -> {
                          order[0] = order[order.length - 1];
                          return order;
                        });
                  }
                },
            "a row order is a permutation of all rows"),
        broken(
            "reorders unasked",
            new ReordersUnasked(),
            "an index that may not reorder gives no order"),
        broken(
            "numbers rows as before its order",
            new KeepsOldRows(),
            "after reordering, rows are the new ones"),
        reading(
            "counts one too many",
            inner ->
                new ForwardingVectorIndex.Reader(inner) {
                  @Override
                  public int count() {
                    return inner.count() + 1;
                  }
                },
            "count is the number of rows with a vector"),
        building(
            "writes an encoding of the future",
            build ->
                new ForwardingVectorIndex.Build(build) {
                  @Override
                  public Encoding encoding() {
                    return Encoding.of("plain", 2);
                  }
                },
            "the encoding of a build is one the provider reads"),
        broken(
            "writes when it was made",
            new WritesACounter(),
            "the same seed and one thread give the same bytes"),
        broken(
            "cannot be cancelled", new NeverCancelled(), "a build stops when the host cancels it"),
        broken(
            "answers from what it remembers",
            new Remembers(),
            "a blob opened again gives the same answers"),
        broken(
            "takes a broken blob for an empty index", new ForgivesCorruption(), TRUNCATED, FOREIGN),
        broken(
            "has no vectors of its own",
            new NeedsTheSegment(),
            "without vectors at hand an index has its own"),
        broken("fails without saying corrupt", new FailsInternally(), TRUNCATED, FOREIGN));
  }

  private static String recall(String when) {
    return "recall@" + (when.contains(" 0.1 %") ? 1 : 10) + " reaches its target " + when;
  }

  /** Knows an answer by the array that was asked with. */
  private static final class KnowsArrays extends ForwardingVectorIndex {
    @Override
    public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
      return new Reader(plain.open(index, context)) {
        private final Map<float[], VectorHits> known =
            Collections.synchronizedMap(new IdentityHashMap<>());

        @Override
        public VectorHits search(VectorQuery query) {
          VectorHits before = known.get(query.vector());
          VectorHits hits = before == null ? inner.search(query) : before;
          known.put(query.vector(), hits);
          return hits;
        }
      };
    }
  }

  static BrokenPart broken(String what, VectorIndexProvider provider, String... guards) {
    return BrokenPart.of(what, () -> VectorIndexContract.checks(provider), guards);
  }

  interface Spoilt<T> {
    T of(T good);
  }

  static BrokenPart reading(String what, Spoilt<VectorIndexReader> spoilt, String... guards) {
    return broken(
        what,
        new ForwardingVectorIndex() {
          @Override
          public VectorIndexReader open(StoredVectorIndex index, PluginContext host) {
            return spoilt.of(plain.open(index, host));
          }
        },
        guards);
  }

  static BrokenPart building(String what, Spoilt<VectorIndexBuild> spoilt, String... guards) {
    return broken(
        what,
        new ForwardingVectorIndex() {
          @Override
          public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
            return spoilt.of(plain.build(input, context));
          }
        },
        guards);
  }

  interface Search {
    VectorHits of(VectorIndexReader inner, VectorQuery query);
  }

  static BrokenPart searching(String what, Search search, String... guards) {
    return reading(
        what,
        inner ->
            new ForwardingVectorIndex.Reader(inner) {
              @Override
              public VectorHits search(VectorQuery query) {
                return search.of(inner, query);
              }
            },
        guards);
  }

  static VectorQuery with(VectorQuery query, RowSet accept) {
    return new VectorQuery(query.vector(), query.k(), accept, query.recallTarget(), query.effort());
  }

  private static VectorHits filteringAfter(VectorIndexReader inner, VectorQuery query) {
    VectorHits all = inner.search(with(query, RowSet.all(query.accept().rowCount())));
    return picked(
        all,
        IntStream.range(0, all.rows().length)
            .filter(i -> query.accept().contains(all.rows()[i]))
            .boxed()
            .toList());
  }

  /** Asks for one more, and leaves the best out. */
  static VectorHits missingTheNearest(VectorIndexReader inner, VectorQuery query) {
    VectorHits more =
        inner.search(
            new VectorQuery(
                query.vector(),
                query.k() + 1,
                query.accept(),
                query.recallTarget(),
                query.effort()));
    int found = more.rows().length;
    return found <= query.k() ? more : picked(more, IntStream.range(1, found).boxed().toList());
  }

  private static VectorHits reversed(VectorHits hits) {
    List<Integer> order = new ArrayList<>();
    for (int i = hits.rows().length - 1; i >= 0; i--) {
      order.add(i);
    }
    return picked(hits, order);
  }

  private static VectorHits lastRowsFirst(VectorIndexReader inner, VectorQuery query) {
    VectorHits hits = inner.search(query);
    return picked(
        hits,
        IntStream.range(0, hits.rows().length)
            .boxed()
            .sorted((a, b) ->
                hits.scores()[a] == hits.scores()[b]
                    ? Integer.compare(hits.rows()[b], hits.rows()[a])
                    : Float.compare(hits.scores()[b], hits.scores()[a]))
            .toList());
  }

  static VectorHits picked(VectorHits hits, List<Integer> indexes) {
    int[] rows = new int[indexes.size()];
    float[] scores = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = hits.rows()[indexes.get(i)];
      scores[i] = hits.scores()[indexes.get(i)];
    }
    return new VectorHits(rows, scores, hits.scored());
  }

  private interface RowAt {
    int of(int index, int[] rows);
  }

  private static VectorHits changed(VectorHits hits, RowAt row) {
    int[] rows = hits.rows().clone();
    if (rows.length >= 2) {
      Arrays.setAll(rows, i -> row.of(i, hits.rows()));
    }
    return new VectorHits(rows, hits.scores(), hits.scored());
  }

  static VectorHits scaled(VectorHits hits, float factor) {
    float[] scores = hits.scores().clone();
    for (int i = 0; i < scores.length; i++) {
      scores[i] *= factor;
    }
    return new VectorHits(hits.rows(), scores, hits.scored());
  }

  private static final class FillsGaps extends ForwardingVectorIndex {
    @Override
    public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
      VectorRows rows = input.rows();
      float[][] vectors = new float[rows.segmentRows()][input.field().dimension()];
      for (float[] vector : vectors) {
        vector[0] = 0.5f;
      }
      for (int item = 0; item < rows.count(); item++) {
        rows.copy(item, vectors[rows.row(item)], 0);
      }
      return plain.build(
          VectorIndexInput.of(input.field(), TestVectors.of(vectors), input.mayReorder()), context);
    }
  }

  private static final class ReordersUnasked extends ForwardingVectorIndex {
    @Override
    public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
      return plain.build(VectorIndexInput.of(input.field(), input.rows(), true), context);
    }
  }

  private static final class KeepsOldRows extends ForwardingVectorIndex {
    @Override
    public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
      VectorIndexBuild unordered =
          plain.build(VectorIndexInput.of(input.field(), input.rows(), false), context);
      return new Build(plain.build(input, context)) {
        @Override
        public void write(BlobSink sink) {
          unordered.write(sink);
        }
      };
    }
  }

  private static final class WritesACounter extends ForwardingVectorIndex {
    private final AtomicInteger counter = new AtomicInteger();

    @Override
    public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
      return new Build(plain.build(input, context)) {
        @Override
        public void write(BlobSink sink) {
          inner.write(sink);
          sink.write(new byte[] {(byte) counter.incrementAndGet()});
        }
      };
    }
  }

  private static final class NeverCancelled extends ForwardingVectorIndex {
    @Override
    public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
      return plain.build(input, TestContext.of(this));
    }
  }

  private static final class Remembers extends ForwardingVectorIndex {
    private final AtomicInteger opened = new AtomicInteger();

    @Override
    public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
      VectorIndexReader good = plain.open(index, context);
      return opened.incrementAndGet() == 1
          ? good
          : new Reader(good) {
            @Override
            public VectorHits search(VectorQuery query) {
              return missingTheNearest(inner, query);
            }
          };
    }
  }

  private static final class ForgivesCorruption extends ForwardingVectorIndex {
    @Override
    public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
      try {
        return plain.open(index, context);
      } catch (ElacsymException e) {
        MemoryBlobSink sink = new MemoryBlobSink();
        TestVectors one = TestVectors.of(new float[1][index.field().dimension()]);
        plain.build(VectorIndexInput.of(index.field(), one, false), context).write(sink);
        return plain.open(
            new StoredVectorIndex(
                index.field(), index.encoding(), sink.source(), index.segmentRows(), one.stored()),
            context);
      }
    }
  }

  private static final class NeedsTheSegment extends ForwardingVectorIndex {
    @Override
    public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
      return new Reader(plain.open(index, context)) {
        @Override
        public VectorHits search(VectorQuery query) {
          VectorHits hits = inner.search(query);
          index
              .vectors()
              .read(Arrays.stream(hits.rows()).sorted().toArray(), (from, to, vectors, at) -> {});
          return hits;
        }
      };
    }
  }

  private static final class FailsInternally extends ForwardingVectorIndex {
    @Override
    public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
      try {
        return plain.open(index, context);
      } catch (ElacsymException e) {
        throw new ElacsymException(ErrorKind.INTERNAL, "index out of bounds", e);
      }
    }
  }

  private static final class SharedState extends ForwardingVectorIndex.Reader {
    private volatile Optional<VectorQuery> current = Optional.empty();

    SharedState(VectorIndexReader inner) {
      super(inner);
    }

    @Override
    public VectorHits search(VectorQuery query) {
      current = Optional.of(query);
      LockSupport.parkNanos(1000);
      return inner.search(current.orElse(query));
    }
  }
}
