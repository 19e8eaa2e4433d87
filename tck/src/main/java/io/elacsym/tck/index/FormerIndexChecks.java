package io.elacsym.tck.index;

import io.elacsym.api.index.FormerVectorIndex;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.tck.Check;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Profile;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.index.TestVectors.Distribution;
import io.elacsym.tck.index.VectorIndexes.Open;
import io.elacsym.tck.index.VectorIndexes.Written;
import io.elacsym.tck.oracle.Recall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Builds that meet the indexes of the segments that are merged. */
record FormerIndexChecks(VectorIndexes indexes) {
  private static final int ROWS = 1500;
  private static final double TARGET = 0.95;

  List<Check> checks() {
    return List.of(
        Check.of("a merge of indexes answers as if they had not been", this::merged),
        Check.of("a damaged former index is no reason to fail", this::damaged));
  }

  private static VectorField field(Metric metric) {
    return new VectorField("vector", 12, metric);
  }

  /**
   * Two segments, of the first of which every fifth row is deleted, become one.
   *
   * @param vectors of the merged segment
   */
  private record Merge(TestVectors vectors, List<FormerVectorIndex> former) {}

  private Merge merge(Metric metric) {
    float[][] drawn =
        Distribution.CLUSTERED.draw(
            ROWS + 300, 12, new Random(Seed.current() + metric.id().hashCode()));
    List<float[]> left = new ArrayList<>();
    List<FormerVectorIndex> former = new ArrayList<>();
    for (float[][] part :
        List.of(Arrays.copyOf(drawn, ROWS), Arrays.copyOfRange(drawn, ROWS, drawn.length))) {
      Written written = indexes.write(field(metric), TestVectors.of(part), true);
      int[] items = new int[part.length];
      for (int row = 0; row < items.length; row++) {
        boolean deleted = former.isEmpty() && row % 5 == 2;
        items[row] = deleted ? FormerVectorIndex.GONE : left.size();
        if (!deleted) {
          left.add(written.vectors().vector(row));
        }
      }
      former.add(new FormerVectorIndex(VectorIndexes.stored(written), items));
    }
    return new Merge(TestVectors.of(left.toArray(float[][]::new)), former);
  }

  private void merged() {
    List<Metric> metrics = List.of(Metric.values());
    int one = (int) Math.floorMod(Seed.current(), (long) metrics.size());
    for (Metric metric : Profile.current().pick(List.of(metrics.get(one)), metrics)) {
      Merge merge = merge(metric);
      expectGood(metric, merge.vectors(), merge.former());
    }
  }

  private void damaged() {
    Merge merge = merge(Metric.L2);
    byte[] noise = new byte[5000];
    new Random(Seed.current()).nextBytes(noise);
    MemoryBlobSource blob = (MemoryBlobSource) merge.former().getFirst().index().blob();
    List<MemoryBlobSource> damaged =
        List.of(
            blob.truncated(blob.size() / 2),
            new MemoryBlobSource(noise),
            blob.truncated(0),
            blob.truncated(blob.size() - 8));
    for (MemoryBlobSource bytes : Profile.current().pick(damaged.subList(0, 2), damaged)) {
      StoredVectorIndex stored = merge.former().getFirst().index();
      FormerVectorIndex spoilt =
          new FormerVectorIndex(
              new StoredVectorIndex(
                  stored.field(), stored.encoding(), bytes, stored.segmentRows(), stored.vectors()),
              merge.former().getFirst().items());
      expectGood(Metric.L2, merge.vectors(), List.of(spoilt, merge.former().getLast()));
    }
  }

  private void expectGood(Metric metric, TestVectors vectors, List<FormerVectorIndex> former) {
    VectorIndexInput input = new VectorIndexInput(field(metric), vectors, true, true, former);
    try (Open open = indexes.open(indexes.write(vectors, input, indexes.context()))) {
      Expect.equal("count", vectors.count(), open.reader().count());
      double sum = 0;
      int queries = 0;
      for (int item = 0; item < vectors.count(); item += 40, queries++) {
        float[] query = vectors.vector(item);
        VectorHits exact = open.exact(query, 10, open.written().all());
        VectorHits hits = open.search(query, 10, open.written().all(), TARGET);
        VectorAnswerChecks.expectExactScores(open.written().vectors(), field(metric), query, hits);
        sum += Recall.of(hits, exact);
        if (queries < 5) {
          Expect.equal(
              "recall of an exact search, " + metric.id(),
              1.0,
              Recall.of(open.search(query, 10, open.written().all(), 1), exact));
        }
      }
      double mean = sum / queries;
      Expect.that(
          mean >= TARGET,
          () -> "recall@10 after a merge is " + mean + ", expected " + TARGET + ", " + metric.id());
    }
  }
}
