package io.elacsym.tck.index;

import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.tck.Check;
import io.elacsym.tck.Seed;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.index.TestVectors.Distribution;
import io.elacsym.tck.index.VectorIndexes.Open;
import io.elacsym.tck.index.VectorIndexes.Written;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** How indexes are built: row order, seed, cancellation. */
record VectorBuildChecks(VectorIndexes indexes) {
  private static final VectorField FIELD = new VectorField("vector", 16, Metric.L2);

  List<Check> checks() {
    return List.of(
        Check.of("a row order is a permutation of all rows", this::permutation),
        Check.of("an index that may not reorder gives no order", this::noOrder),
        Check.of("after reordering, rows are the new ones", this::newRows),
        Check.of("count is the number of rows with a vector", this::count),
        Check.of("nothing accepted, nothing found", this::nothingAccepted),
        Check.of("the encoding of a build is one the provider reads", this::encoding),
        Check.of("the same seed and one thread give the same bytes", this::deterministic),
        Check.of("a build stops when the host cancels it", this::cancelled));
  }

  private static TestVectors vectors(int count) {
    return TestVectors.of(
        Distribution.CLUSTERED.draw(count, FIELD.dimension(), new Random(Seed.current())));
  }

  /** The row order is checked by {@link VectorIndexes} whenever an index is written. */
  private void permutation() {
    for (TestVectors vectors :
        List.of(vectors(1), vectors(700), vectors(700).withGaps(3), vectors(1500).withGaps(2))) {
      indexes.write(FIELD, vectors, true);
    }
  }

  private void noOrder() {
    for (TestVectors vectors : List.of(vectors(1), vectors(700), vectors(700).withGaps(3))) {
      Expect.equal(
          "row order of a build that may not reorder",
          Optional.empty(),
          indexes.write(FIELD, vectors, false).order().map(Arrays::toString));
    }
  }

  private void newRows() {
    TestVectors original = vectors(700).withGaps(4);
    Written written = indexes.write(FIELD, original, true);
    if (written.order().isEmpty()) {
      return;
    }
    int[] order = written.order().get();
    try (Open open = indexes.open(written)) {
      for (int item = 0; item < original.count(); item += 23) {
        VectorHits hits = open.search(original.vector(item), 1, written.all(), 1);
        Expect.equal(
            "old row of the nearest to row " + original.row(item),
            original.row(item),
            order[hits.rows()[0]]);
      }
    }
  }

  private void count() {
    for (TestVectors vectors : List.of(vectors(1), vectors(300), vectors(300).withGaps(3))) {
      try (Open open = indexes.open(indexes.write(FIELD, vectors, false))) {
        Expect.equal("count", vectors.count(), open.reader().count());
      }
    }
  }

  private void nothingAccepted() {
    for (int rows : new int[] {1, 300}) {
      try (Open open = indexes.open(indexes.write(FIELD, vectors(rows), false))) {
        RowSet none = RowSet.of(rows, new BitSet());
        for (double target : new double[] {0.95, 1}) {
          VectorHits hits = open.search(vectors(1).vector(0), 10, none, target);
          Expect.equal("hits among no rows", 0, hits.rows().length);
        }
      }
    }
  }

  private void encoding() {
    Written written = indexes.write(FIELD, vectors(300), true);
    Expect.equal("name of the encoding", indexes.provider().name(), written.encoding().name());
    Expect.that(
        indexes.provider().canRead(written.encoding()),
        () -> "a build is written as " + written.encoding() + ", which the provider cannot read");
  }

  private void deterministic() {
    for (int rows : new int[] {10, 1500}) {
      byte[] first = write(rows);
      byte[] second = write(rows);
      int difference = Arrays.mismatch(first, second);
      Expect.that(
          difference < 0,
          () ->
              "two builds of the same "
                  + rows
                  + " vectors, of "
                  + first.length
                  + " and "
                  + second.length
                  + " bytes, differ from byte "
                  + difference
                  + " on");
    }
  }

  private byte[] write(int rows) {
    return indexes
        .write(FIELD, vectors(rows), true, indexes.context().withParallelism(1))
        .blob()
        .bytes();
  }

  private void cancelled() throws Exception {
    TestContext context = indexes.context().cancelledWhen(() -> true);
    Expect.failure(
        ErrorKind.UNAVAILABLE,
        "a build of 2,000 vectors that is cancelled",
        () -> indexes.write(FIELD, vectors(2000), true, context));
  }
}
