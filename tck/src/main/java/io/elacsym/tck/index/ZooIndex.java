package io.elacsym.tck.index;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.index.ZooCell.Group;
import io.elacsym.tck.index.zoo.Drawn;
import io.elacsym.tck.index.zoo.RowShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** An index over rows of one shape, and how much it finds. */
final class ZooIndex implements AutoCloseable {
  /** Asked in addition when the first ones found too little, so that chance does not decide. */
  private static final int MORE_QUERIES = 600;

  private final int queries;
  private final Drawn drawn;
  private final VectorIndexes.Open index;
  private final ZooTruth truth;

  /**
   * Takes an open index, and closes it in the end.
   *
   * @param drawn what it was built of, and more rows held out than all queries
   * @param queries of which the recall is taken at first
   */
  ZooIndex(Drawn drawn, VectorIndexes.Open index, int queries) {
    this.drawn = drawn;
    this.index = index;
    this.queries = queries;
    float[][] numbered = drawn.rows().clone();
    index
        .written()
        .order()
        .ifPresent(order -> Arrays.setAll(numbered, row -> drawn.rows()[order[row]]));
    this.truth = new ZooTruth(index.written().field().metric(), numbered);
  }

  /** Builds an index. */
  static ZooIndex of(VectorIndexes indexes, RowShape shape, Metric metric, int queries) {
    Random random = new Random(Seed.current() + shape.name().hashCode());
    Drawn drawn = Drawn.of(shape, queries + MORE_QUERIES, random);
    VectorField field = new VectorField("vector", shape.dimension(), metric);
    return new ZooIndex(
        drawn, indexes.open(indexes.write(field, TestVectors.of(drawn.rows()), true)), queries);
  }

  /** How much is found at each target, by the same queries. */
  List<ZooSample> measure(Group group, double[] targets) {
    return sample(group, targets, queries);
  }

  /** How much is found by some more queries. */
  ZooSample measureLonger(ZooCell cell) {
    return measure(cell, queries + MORE_QUERIES / 4);
  }

  /** How much is found by all queries there are. */
  ZooSample measureLongest(ZooCell cell) {
    return measure(cell, queries + MORE_QUERIES);
  }

  private ZooSample measure(ZooCell cell, int wantedQueries) {
    Group group = new Group(cell.queries(), cell.filter(), cell.k());
    return sample(group, new double[] {cell.target()}, wantedQueries).getFirst();
  }

  /** A query that comes again is asked once: it is one query, however often somebody asks it. */
  private List<ZooSample> sample(Group group, double[] targets, int wantedQueries) {
    if (!group.filter().leavesAChoice(drawn.rows().length, group.k())) {
      throw new IllegalArgumentException(group + " proves nothing on " + drawn.rows().length);
    }
    Random random = new Random(Seed.current() + group.toString().hashCode());
    Set<List<Float>> asked = new HashSet<>();
    double[][] recalls = new double[targets.length][wantedQueries];
    long[] scored = new long[targets.length];
    for (int i = 0; i < wantedQueries; i++) {
      float[] query = group.queries().query(drawn, i, random);
      if (!asked.add(list(query))) {
        continue;
      }
      int number = asked.size() - 1;
      double[] scores = truth.scores(query);
      RowSet accept = group.filter().accept(scores, random);
      ZooTruth.Wanted wanted = truth.wanted(query, scores, accept, group.k());
      for (int target = 0; target < targets.length; target++) {
        VectorHits hits = index.search(query, group.k(), accept, targets[target]);
        Expect.equal("hits of " + group, wanted.count(), hits.rows().length);
        recalls[target][number] = wanted.recall(hits);
        scored[target] += hits.scored();
      }
    }
    int count = asked.size();
    ZooSample[] samples = new ZooSample[targets.length];
    Arrays.setAll(
        samples,
        target ->
            new ZooSample(Arrays.copyOf(recalls[target], count), (double) scored[target] / count));
    return List.of(samples);
  }

  private static List<Float> list(float[] vector) {
    List<Float> list = new ArrayList<>(vector.length);
    for (float x : vector) {
      list.add(x);
    }
    return list;
  }

  @Override
  public void close() {
    index.close();
  }
}
