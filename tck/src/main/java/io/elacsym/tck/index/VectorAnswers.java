package io.elacsym.tck.index;

import static io.elacsym.tck.index.VectorIndexes.query;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.ScoreBar;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** Searches of many shapes of indexes, and their answers, for the checks to look at. */
final class VectorAnswers {
  /**
   * One search.
   *
   * @param what the shape, for messages
   * @param vectors as the index numbers its rows
   * @param asked a copy of the query's vector from before the search
   * @param told rows the index called likely, in each of its calls
   * @param barred hits of the same search when the middle one of {@code hits} gives the bar
   * @param negated hits of the negative of the query, asked in an array of its own and in one that
   *     was asked with before
   */
  record Answer(
      String what,
      VectorField field,
      TestVectors vectors,
      VectorQuery query,
      float[] asked,
      VectorHits hits,
      VectorHits exact,
      List<int[]> told,
      VectorHits barred,
      List<VectorHits> negated) {}

  private static final int[] DIMENSIONS = {3, 16, 100, 384};

  private final VectorIndexes indexes;
  private final List<Answer> answers = new ArrayList<>();
  private final Random random = new Random(Seed.current());

  private VectorAnswers(VectorIndexes indexes) {
    this.indexes = indexes;
  }

  /** Tiny segments in every combination, larger ones in each metric and dimension. */
  static List<Answer> of(VectorIndexes indexes) {
    VectorAnswers all = new VectorAnswers(indexes);
    int shape = 0;
    for (Metric metric : Metric.values()) {
      for (int dimension : DIMENSIONS) {
        for (Distribution distribution : Distribution.values()) {
          for (int rows : new int[] {1, 2, 10}) {
            all.add(metric, dimension, distribution, rows, shape++);
          }
        }
        Distribution[] distributions = Distribution.values();
        all.add(metric, dimension, distributions[shape % distributions.length], 1000, shape++);
      }
    }
    return all.answers;
  }

  private void add(Metric metric, int dimension, Distribution distribution, int rows, int shape) {
    TestVectors dense = TestVectors.of(distribution.draw(rows, dimension, random));
    boolean gaps = shape % 3 == 1;
    TestVectors vectors = gaps ? dense.withGaps(3) : dense;
    VectorField field = new VectorField("vector", dimension, metric);
    boolean mayReorder = shape % 2 == 0;
    String what =
        metric.id()
            + ", dimension "
            + dimension
            + ", "
            + distribution
            + ", "
            + rows
            + " vectors"
            + (gaps ? " with gaps" : "")
            + (mayReorder ? ", reorderable" : "");
    try (VectorIndexes.Open index = indexes.open(indexes.write(field, vectors, mayReorder))) {
      TestVectors numbered = index.written().vectors();
      int segmentRows = numbered.segmentRows();
      float[] stored = numbered.vector(random.nextInt(rows));
      float[] fresh = Distribution.UNIFORM.draw(1, dimension, random)[0];
      add(what, index, query(stored, 10, RowSet.all(segmentRows), 0.95));
      add(what, index, query(fresh, rows + 5, RowSet.all(segmentRows), 0.95));
      add(what, index, query(fresh, 1, share(segmentRows, 0.5), 1));
      add(what, index, query(stored, 10, share(segmentRows, 0.02), 0.95));
      add(what, index, query(fresh, 10, share(segmentRows, 0.5), 0.5));
      add(what, index, query(stored, 3, RowSet.all(segmentRows), 0));
      add(what, index, query(stored, 20, RowSet.all(segmentRows), 1));
    }
  }

  private void add(String what, VectorIndexes.Open index, VectorQuery query) {
    float[] asked = query.vector().clone();
    VectorHits hits = index.reader().search(query);
    List<int[]> told = new ArrayList<>();
    index.reader().search(query, told::add);
    VectorHits exact =
        index.oracle().search(new VectorQuery(asked, query.k(), query.accept(), 1, query.effort()));
    VectorIndexes.Written written = index.written();
    answers.add(
        new Answer(
            what
                + ", k "
                + query.k()
                + ", accepting "
                + query.accept()
                + ", recall target "
                + query.recallTarget(),
            written.field(),
            written.vectors(),
            query,
            asked,
            hits,
            exact,
            told,
            barred(index, query, hits),
            negated(index, query, asked)));
  }

  /** The array is a copy, because the query of the answer is looked at later. */
  private static List<VectorHits> negated(
      VectorIndexes.Open index, VectorQuery query, float[] asked) {
    float[] array = asked.clone();
    index.search(array, query.k(), query.accept(), query.recallTarget());
    for (int i = 0; i < array.length; i++) {
      array[i] = -array[i];
    }
    return List.of(
        index.search(array.clone(), query.k(), query.accept(), query.recallTarget()),
        index.search(array, query.k(), query.accept(), query.recallTarget()));
  }

  private static VectorHits barred(VectorIndexes.Open index, VectorQuery query, VectorHits hits) {
    VectorQuery barred =
        new VectorQuery(
            query.vector(),
            query.k(),
            query.accept(),
            query.recallTarget(),
            query.effort(),
            new ScoreBar());
    if (hits.scores().length > 0) {
      barred.bar().raise(hits.scores()[hits.scores().length / 2]);
    }
    return index.reader().search(barred);
  }

  private RowSet share(int rows, double share) {
    return share(rows, share, random);
  }

  /** A random set of so many rows. */
  static RowSet accepting(int rows, int count, Random random) {
    BitSet accepted = new BitSet(rows);
    random.ints(0, rows).distinct().limit(count).forEach(accepted::set);
    return RowSet.of(rows, accepted);
  }

  /** A random set of about this share of the rows. */
  static RowSet share(int rows, double share, Random random) {
    BitSet bits = new BitSet(rows);
    for (int row = 0; row < rows; row++) {
      bits.set(row, random.nextDouble() < share);
    }
    return RowSet.of(rows, bits);
  }
}
