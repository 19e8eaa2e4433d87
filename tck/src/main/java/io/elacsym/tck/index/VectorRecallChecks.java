package io.elacsym.tck.index;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.tck.Check;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.expect.Lazily;
import io.elacsym.tck.host.Together;
import io.elacsym.tck.index.TestVectors.Distribution;
import io.elacsym.tck.index.VectorIndexes.Open;
import io.elacsym.tck.index.VectorIndexes.Written;
import io.elacsym.tck.oracle.Recall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** How good answers are on segments of 5,000 vectors, where an index may approximate. */
final class VectorRecallChecks {
  private static final int K = 10;
  private static final int QUERIES = 100;
  private static final int FORCED_QUERIES = 20;

  /** More than any index has work for. */
  private static final int ALL_EFFORT = 1_000_000;

  /** Where a filter leaves so many times as many rows as are wanted, an index has to choose. */
  private static final int MORE_THAN_WANTED = 5;

  private static final double TARGET = 0.95;

  private final VectorIndexes indexes;
  private final ClusteredIndexes clustered;
  private final Lazily<Written> uniform;

  VectorRecallChecks(VectorIndexes indexes, ClusteredIndexes clustered) {
    this.indexes = indexes;
    this.clustered = clustered;
    this.uniform = new Lazily<>(this::uniform);
  }

  private Written uniform() {
    float[][] vectors = Distribution.UNIFORM.draw(clustered.rows(), 16, new Random(Seed.current()));
    return indexes.write(new VectorField("vector", 16, Metric.L2), TestVectors.of(vectors), true);
  }

  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      checks.add(
          Check.of(
              "recall@10 reaches its target on clustered data, " + metric.id(),
              () -> recall(clustered(metric))));
    }
    checks.add(
        Check.of("recall@10 reaches its target on uniform data", () -> recall(uniform.get())));
    for (double percent : new double[] {50, 10, 1, 0.1}) {
      int accepted = (int) (clustered.rows() * percent / 100);
      // Where all that match are wanted, none can be missed.
      int k = Math.clamp(accepted / MORE_THAN_WANTED, 1, K);
      checks.add(
          Check.of(
              "recall@" + k + " reaches its target when " + percent + " % of the rows match",
              () -> filtered(accepted, k)));
    }
    checks.add(
        Check.of(
            "recall@10 reaches its target when the rows nearest to the query do not match",
            this::antiCorrelated));
    checks.add(Check.of("the recall target 1 is exact on a large segment", this::exact));
    checks.add(Check.of("an index that says it is exact is", this::saysExact));
    checks.add(Check.of("forced effort is obeyed and keeps the answer well formed", this::effort));
    checks.add(Check.of("concurrent searches answer as one alone", this::concurrent));
    return checks;
  }

  private Written clustered(Metric metric) throws Exception {
    return clustered.written(metric);
  }

  private void recall(Written written) throws Exception {
    expectRecall(
        written, TARGET, QUERIES, TARGET, (open, query, random) -> open.written().all(), "");
  }

  private void filtered(int accepted, int k) throws Exception {
    for (Metric metric : List.of(Metric.L2, Metric.COSINE)) {
      expectRecall(
          clustered(metric),
          k,
          TARGET,
          QUERIES,
          TARGET,
          (open, query, random) -> VectorAnswers.accepting(clustered.rows(), accepted, random),
          metric.id());
    }
  }

  private void antiCorrelated() throws Exception {
    for (Metric metric : List.of(Metric.L2, Metric.COSINE)) {
      for (double share : new double[] {0.5, 0.1}) {
        expectRecall(
            clustered(metric),
            TARGET,
            QUERIES / 2,
            TARGET,
            (open, query, random) -> farthest(open, query, share),
            metric.id() + ", accepting the farthest " + 100 * share + " %");
      }
    }
  }

  private RowSet farthest(Open open, float[] query, double share) {
    VectorHits all = open.exact(query, clustered.rows(), open.written().all());
    BitSet accepted = new BitSet();
    for (int i = (int) (clustered.rows() * (1 - share)); i < clustered.rows(); i++) {
      accepted.set(all.rows()[i]);
    }
    return RowSet.of(clustered.rows(), accepted);
  }

  private void exact() throws Exception {
    expectRecall(
        clustered(Metric.COSINE), 1, 20, 1, (open, query, random) -> open.written().all(), "all");
    expectRecall(
        clustered(Metric.COSINE),
        1,
        20,
        1,
        (open, query, random) -> VectorAnswers.share(clustered.rows(), 0.3, random),
        "filtered");
  }

  private void saysExact() throws Exception {
    try (Open open = indexes.open(clustered(Metric.L2))) {
      if (!open.reader().capabilities().exact()) {
        return;
      }
    }
    expectRecall(
        clustered(Metric.L2), 0.1, 20, 1, (open, query, random) -> open.written().all(), "");
  }

  /** Says which rows a query accepts. */
  @FunctionalInterface
  private interface Filter {
    RowSet accept(Open open, float[] query, Random random);
  }

  private void expectRecall(
      Written written, double target, int queries, double expected, Filter filter, String what)
      throws Exception {
    expectRecall(written, K, target, queries, expected, filter, what);
  }

  private void expectRecall(
      Written written,
      int k,
      double target,
      int queries,
      double expected,
      Filter filter,
      String what)
      throws Exception {
    Random random = new Random(Seed.current() + 1);
    try (Open open = indexes.open(written)) {
      double sum = 0;
      for (int i = 0; i < queries; i++) {
        float[] query = query(written, random);
        RowSet accept = filter.accept(open, query, random);
        VectorHits hits = open.search(query, k, accept, target);
        VectorHits exact = open.exact(query, k, accept);
        Expect.equal(what + " number of hits", exact.rows().length, hits.rows().length);
        sum += Recall.of(hits, exact);
      }
      double mean = sum / queries;
      Expect.that(
          mean >= expected,
          () ->
              what
                  + " recall@"
                  + k
                  + " is "
                  + mean
                  + " over "
                  + queries
                  + " queries, expected "
                  + expected);
    }
  }

  /** Drawn like the data: a stored vector, moved by as much as its neighbours are away. */
  private float[] query(Written written, Random random) {
    return TestVectors.near(
        written.vectors().vector(random.nextInt(clustered.rows())), 0.2, random);
  }

  private void effort() throws Exception {
    Random random = new Random(Seed.current());
    try (Open open = indexes.open(clustered(Metric.L2))) {
      double most = 0;
      for (int i = 0; i < FORCED_QUERIES; i++) {
        float[] query = query(open.written(), random);
        RowSet accept =
            i % 2 == 0 ? open.written().all() : VectorAnswers.share(clustered.rows(), 0.1, random);
        VectorHits exact = open.exact(query, K, accept);
        for (int effort : new int[] {1, 20, ALL_EFFORT}) {
          VectorHits hits =
              open.reader()
                  .search(new VectorQuery(query, K, accept, TARGET, OptionalInt.of(effort)));
          Expect.equal("hits at effort " + effort, exact.rows().length, hits.rows().length);
          VectorAnswerChecks.expectSorted(hits);
          VectorAnswerChecks.expectExactScores(
              open.written().vectors(), open.written().field(), query, hits);
          most += effort == ALL_EFFORT ? Recall.of(hits, exact) : 0;
        }
      }
      double mean = most / FORCED_QUERIES;
      Expect.that(
          mean >= TARGET,
          () -> "recall at the effort " + ALL_EFFORT + " is " + mean + ", expected " + TARGET);
    }
  }

  private void concurrent() throws Exception {
    try (Open open = indexes.open(clustered(Metric.COSINE))) {
      Random random = new Random(Seed.current());
      List<float[]> queries = new ArrayList<>();
      List<VectorHits> alone = new ArrayList<>();
      RowSet some = VectorAnswers.share(clustered.rows(), 0.4, random);
      for (int i = 0; i < 40; i++) {
        queries.add(query(open.written(), random));
        alone.add(open.search(queries.get(i), K, accept(open, some, i), 0.95));
      }
      Together.run(
          8,
          thread -> {
            for (int n = 0; n < queries.size(); n++) {
              int i = (n + 5 * thread) % queries.size();
              VectorHits hits = open.search(queries.get(i), K, accept(open, some, i), 0.95);
              Expect.equal(
                  "rows found beside other searches",
                  Arrays.toString(alone.get(i).rows()),
                  Arrays.toString(hits.rows()));
            }
            return thread;
          });
    }
  }

  private RowSet accept(Open open, RowSet some, int query) {
    return query % 2 == 0 ? open.written().all() : some;
  }
}
