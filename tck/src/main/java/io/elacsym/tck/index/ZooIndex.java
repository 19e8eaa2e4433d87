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
  private static final int QUERIES = 120;

  /** Asked in addition when the first ones found too little, so that chance does not decide. */
  private static final int MORE_QUERIES = 600;

  private final Drawn drawn;
  private final VectorIndexes.Open index;
  private final ZooTruth truth;

  ZooIndex(VectorIndexes indexes, RowShape shape, Metric metric) {
    Random random = new Random(Seed.current() + shape.name().hashCode());
    this.drawn = Drawn.of(shape, QUERIES + MORE_QUERIES, random);
    VectorField field = new VectorField("vector", shape.dimension(), metric);
    this.index = indexes.open(indexes.write(field, TestVectors.of(drawn.rows()), true));
    float[][] numbered = drawn.rows().clone();
    index
        .written()
        .order()
        .ifPresent(order -> Arrays.setAll(numbered, row -> drawn.rows()[order[row]]));
    this.truth = new ZooTruth(metric, numbered);
  }

  /** How much is found at each target, by the same queries. */
  List<ZooSample> measure(Group group, double[] targets) {
    return sample(group, targets, QUERIES);
  }

  /** How much is found by all queries there are. */
  ZooSample measureLonger(ZooCell cell) {
    Group group = new Group(cell.queries(), cell.filter(), cell.k());
    return sample(group, new double[] {cell.target()}, QUERIES + MORE_QUERIES).getFirst();
  }

  /** A query that comes again is asked once: it is one query, however often somebody asks it. */
  private List<ZooSample> sample(Group group, double[] targets, int queries) {
    Random random = new Random(Seed.current() + group.toString().hashCode());
    Set<List<Float>> asked = new HashSet<>();
    double[][] recalls = new double[targets.length][queries];
    long[] scored = new long[targets.length];
    for (int i = 0; i < queries; i++) {
      float[] query = group.queries().query(drawn, i, random);
      if (!asked.add(list(query))) {
        continue;
      }
      int number = asked.size() - 1;
      double[] scores = truth.scores(query);
      RowSet accept = group.filter().accept(scores, random);
      int wanted = Math.min(group.k(), accept.cardinality());
      for (int target = 0; target < targets.length; target++) {
        VectorHits hits = index.search(query, group.k(), accept, targets[target]);
        Expect.equal("hits of " + group, wanted, hits.rows().length);
        recalls[target][number] = truth.recall(query, scores, accept, group.k(), hits);
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
