package io.elacsym.tck.index;

import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.tck.Check;
import io.elacsym.tck.Profile;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.expect.Lazily;
import io.elacsym.tck.index.TestVectors.Distribution;
import io.elacsym.tck.index.VectorIndexes.Open;
import io.elacsym.tck.index.VectorIndexes.Written;
import io.elacsym.tck.oracle.Recall;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** A segment of so many rows that their numbers do not fit into 16 bits. */
final class ManyVectorsChecks {
  private static final int SHORT_ROWS = 1 << 16;
  private static final int QUERIES = 20;
  private static final double TARGET = 0.95;
  private static final VectorField FIELD = new VectorField("vector", 4, Metric.L2);

  private final VectorIndexes indexes;
  private final Lazily<Written> written;

  ManyVectorsChecks(VectorIndexes indexes) {
    this.indexes = indexes;
    this.written = new Lazily<>(() -> indexes.write(FIELD, TestVectors.of(draw()), false));
  }

  private static int rows() {
    return Profile.current().pick(66_500, 300_000);
  }

  private static float[][] draw() {
    return Distribution.UNIFORM.draw(rows(), FIELD.dimension(), new Random(Seed.current()));
  }

  List<Check> checks() {
    return List.of(
        Check.of("rows beyond 65,535 are found", this::found),
        Check.of("a filter that accepts one row in ten thousand is answered in full", this::few),
        Check.of("a thousand hits come back, whatever the filter", this::thousand),
        Check.of("an exact search of many rows stops when the host cancels it", this::cancelled));
  }

  private void found() throws Exception {
    RowSet all = RowSet.all(rows());
    expectRecall(1, all, 10, 3);
    expectRecall(TARGET, all, 10, QUERIES);
    BitSet beyond = new BitSet();
    beyond.set(SHORT_ROWS, rows());
    expectRecall(1, RowSet.of(rows(), beyond), 10, 3);
    expectRecall(TARGET, RowSet.of(rows(), beyond), 10, QUERIES);
  }

  private void few() throws Exception {
    Random random = new Random(Seed.current());
    for (int i = 0; i < 5; i++) {
      RowSet accept = accepting(rows() / 10_000, random);
      expectRecall(TARGET, accept, 1, QUERIES);
      expectRecall(TARGET, accept, 100, 2);
    }
  }

  private void thousand() throws Exception {
    Random random = new Random(Seed.current());
    expectRecall(TARGET, RowSet.all(rows()), 1000, 3);
    for (int accepted : List.of(65, 500, 1400, 7000, 35_000)) {
      expectRecall(TARGET, accepting(accepted, random), 1000, 3);
      expectRecall(TARGET, accepting(accepted, random), 65, 3);
    }
  }

  private static RowSet accepting(int count, Random random) {
    return VectorAnswers.accepting(rows(), count, random);
  }

  private void expectRecall(double target, RowSet accept, int k, int queries) throws Exception {
    Random random = new Random(Seed.current() + k);
    try (Open open = indexes.open(written.get())) {
      double[] recalls = new double[queries];
      for (int i = 0; i < queries; i++) {
        float[] query =
            TestVectors.near(open.written().vectors().vector(random.nextInt(rows())), 0.05, random);
        VectorHits hits = open.search(query, k, accept, target);
        VectorHits exact = open.exact(query, k, accept);
        Expect.equal(
            "number of hits for k " + k + ", accepting " + accept,
            exact.rows().length,
            hits.rows().length);
        Expect.that(
            Arrays.stream(hits.rows()).allMatch(accept::contains),
            () -> "not all of the rows " + Arrays.toString(hits.rows()) + " are accepted");
        VectorAnswerChecks.expectSorted(hits);
        VectorAnswerChecks.expectExactScores(open.written().vectors(), FIELD, query, hits);
        recalls[i] = Recall.of(hits, exact);
      }
      ZooSample sample = new ZooSample(recalls, 0);
      Expect.that(
          !sample.misses(target),
          () ->
              "recall@"
                  + k
                  + " is "
                  + sample.mean()
                  + ", accepting "
                  + accept
                  + ", expected "
                  + target);
    }
  }

  private void cancelled() throws Exception {
    AtomicBoolean cancelled = new AtomicBoolean();
    float[] query = new float[FIELD.dimension()];
    try (VectorIndexReader reader =
        indexes.open(written.get(), indexes.context().cancelledWhen(cancelled::get))) {
      VectorHits before = reader.search(VectorIndexes.query(query, 10, written.get().all(), 1));
      cancelled.set(true);
      Expect.failure(
          ErrorKind.UNAVAILABLE,
          "an exact search that is cancelled",
          () -> reader.search(VectorIndexes.query(query, 10, written.get().all(), 1)));
      cancelled.set(false);
      Expect.equal(
          "rows found by the next search",
          before.rows(),
          reader.search(VectorIndexes.query(query, 10, written.get().all(), 1)).rows());
    }
  }
}
