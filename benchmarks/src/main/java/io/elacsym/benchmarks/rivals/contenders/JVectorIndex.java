package io.elacsym.benchmarks.rivals.contenders;

import io.elacsym.api.index.Metric;
import io.elacsym.benchmarks.sets.VectorSet;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;

/** JVector's graph in memory, over the vectors themselves. */
final class JVectorIndex implements Index {
  static final String BEAM = "beam";

  /** JVector's usual values: links a node, beam, how far links may overflow, and diversity. */
  private static final int DEGREE = 32;

  private static final int BUILD_BEAM = 100;
  private static final float OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;
  static final String PARAMETERS = "degree 32, beam 100, overflow 1.2, alpha 1.2, f32 in memory";

  private static final VectorTypeSupport TYPES =
      VectorizationProvider.getInstance().getVectorTypeSupport();

  private Optional<Opened> opened = Optional.empty();
  private Bits accepted = Bits.ALL;

  private record Opened(
      ImmutableGraphIndex graph,
      ListRandomAccessVectorValues vectors,
      VectorSimilarityFunction similarity,
      long bytes) {}

  @Override
  public void build(VectorSet set) throws IOException {
    VectorSimilarityFunction similarity =
        set.metric() == Metric.L2
            ? VectorSimilarityFunction.EUCLIDEAN
            : VectorSimilarityFunction.DOT_PRODUCT;
    List<VectorFloat<?>> list = new ArrayList<>(set.count());
    for (int i = 0; i < set.count(); i++) {
      list.add(TYPES.createFloatVector(set.vectors().get(i)));
    }
    var vectors = new ListRandomAccessVectorValues(list, set.dimension());
    try (ForkJoinPool one = new ForkJoinPool(1);
        GraphIndexBuilder builder =
            GraphIndexBuilder.builder(
                    BuildScoreProvider.randomAccessScoreProvider(vectors, similarity),
                    set.dimension(),
                    DEGREE)
                .withBeamWidth(BUILD_BEAM)
                .withNeighborOverflow(OVERFLOW)
                .withAlpha(ALPHA)
                .withSimdExecutor(one)
                .withParallelExecutor(one)
                .build()) {
      ImmutableGraphIndex graph = builder.build(vectors);
      long bytes = graph.ramBytesUsed() + (long) set.count() * set.dimension() * Float.BYTES;
      opened = Optional.of(new Opened(graph, vectors, similarity, bytes));
    }
  }

  @Override
  public long bytes() {
    return opened.orElseThrow().bytes();
  }

  @Override
  public void accept(Optional<BitSet> items) {
    accepted = items.<Bits>map(given -> given::get).orElse(Bits.ALL);
  }

  @Override
  public Searcher searcher() {
    Opened index = opened.orElseThrow();
    GraphSearcher searcher = new GraphSearcher(index.graph());
    Bits accept = accepted;
    return (query, k, setting) -> {
      var scores =
          DefaultSearchScoreProvider.exact(
              TYPES.createFloatVector(query), index.similarity(), index.vectors());
      SearchResult result = searcher.search(scores, k, setting.integer(BEAM), 0, 0, accept);
      int[] found = new int[result.getNodes().length];
      for (int i = 0; i < found.length; i++) {
        found[i] = result.getNodes()[i].node;
      }
      return found;
    };
  }

  @Override
  public void close() throws IOException {
    if (opened.isPresent()) {
      opened.get().graph().close();
    }
  }
}
