package io.elacsym.tck.index;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.tck.Check;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.expect.Lazily;
import io.elacsym.tck.index.VectorAnswers.Answer;
import io.elacsym.tck.oracle.ExactNeighbors;
import io.elacsym.tck.oracle.Recall;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** What holds for every answer, whatever the index, the metric, the data, k and the filter. */
final class VectorAnswerChecks {
  private final Lazily<List<Answer>> answers;

  VectorAnswerChecks(VectorIndexes indexes) {
    this.answers = new Lazily<>(() -> VectorAnswers.of(indexes));
  }

  /** A promise about one answer. */
  @FunctionalInterface
  private interface Promise {
    void check(Answer answer);
  }

  List<Check> checks() {
    return List.of(
        every("as many hits come back as are asked for, or as there are", this::count),
        every("rows are distinct", this::distinct),
        every("only accepted rows come back", this::accepted),
        every("rows without a vector never come back", this::withVector),
        every("hits are sorted best first, equal scores by row", this::sorted),
        every("scores are exact", this::exactScores),
        every("at least as many vectors were scored as came back", this::scored),
        every("the recall target 1 gives the exact answer", this::exact),
        every("a bar leaves out no hit that reaches it", this::barred),
        every("a search leaves the query as it was", this::queryUnchanged),
        every("all hits are among the rows told to be likely", this::told),
        every("the query's array may be used again after the search", this::reused));
  }

  private Check every(String promise, Promise each) {
    return Check.of(
        promise,
        () -> {
          for (Answer answer : answers.get()) {
            try {
              each.check(answer);
            } catch (AssertionError e) {
              throw new AssertionError(answer.what() + ": " + e.getMessage(), e);
            }
          }
        });
  }

  private void count(Answer answer) {
    Expect.equal("number of hits", answer.exact().rows().length, answer.hits().rows().length);
  }

  private void distinct(Answer answer) {
    int[] rows = answer.hits().rows();
    Expect.equal(
        "distinct rows of " + Arrays.toString(rows),
        (long) rows.length,
        Arrays.stream(rows).distinct().count());
  }

  private void accepted(Answer answer) {
    RowSet accept = answer.query().accept();
    for (int row : answer.hits().rows()) {
      Expect.that(
          row >= 0 && row < accept.rowCount() && accept.contains(row),
          () -> "row " + row + " came back and is not accepted");
    }
  }

  private void withVector(Answer answer) {
    BitSet rows = new BitSet();
    for (int item = 0; item < answer.vectors().count(); item++) {
      rows.set(answer.vectors().row(item));
    }
    for (int row : answer.hits().rows()) {
      Expect.that(rows.get(row), () -> "row " + row + " came back and has no vector");
    }
  }

  private void sorted(Answer answer) {
    expectSorted(answer.hits());
  }

  static void expectSorted(VectorHits hits) {
    int[] rows = hits.rows();
    float[] scores = hits.scores();
    for (int i = 1; i < rows.length; i++) {
      int now = i;
      Expect.that(
          scores[i - 1] > scores[i] || (scores[i - 1] == scores[i] && rows[i - 1] < rows[i]),
          () ->
              "row "
                  + rows[now - 1]
                  + " ("
                  + scores[now - 1]
                  + ") stands before row "
                  + rows[now]
                  + " ("
                  + scores[now]
                  + ")");
    }
  }

  private void exactScores(Answer answer) {
    expectExactScores(answer.vectors(), answer.field(), answer.asked(), answer.hits());
  }

  static void expectExactScores(
      TestVectors vectors, VectorField field, float[] query, VectorHits hits) {
    int[] itemOfRow = new int[vectors.segmentRows()];
    for (int item = 0; item < vectors.count(); item++) {
      itemOfRow[vectors.row(item)] = item;
    }
    for (int i = 0; i < hits.rows().length; i++) {
      int row = hits.rows()[i];
      float[] vector = vectors.vector(itemOfRow[row]);
      double exact = ExactNeighbors.score(field.metric(), query, vector);
      double seen = hits.scores()[i];
      Expect.that(
          Math.abs(seen - exact)
              <= 1e-3 * Math.abs(exact) + 1e-5 * scale(field, query, vector) + Float.MIN_NORMAL,
          () -> "score of row " + row + " is " + seen + ", exactly it is " + exact);
    }
  }

  /**
   * The size that a rounding error is relative to. It follows from the terms of the sum and not
   * from the sum, in which large terms may have cancelled each other.
   */
  private static double scale(VectorField field, float[] a, float[] b) {
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (int i = 0; i < a.length; i++) {
      squaresOfA += (double) a[i] * a[i];
      squaresOfB += (double) b[i] * b[i];
    }
    return switch (field.metric()) {
      case COSINE -> 1;
      case DOT -> Math.sqrt(squaresOfA) * Math.sqrt(squaresOfB);
      case L2 -> squaresOfA + squaresOfB;
    };
  }

  private void scored(Answer answer) {
    int hits = answer.hits().rows().length;
    int scored = answer.hits().scored();
    Expect.that(scored >= hits, () -> scored + " vectors were scored for " + hits + " hits");
  }

  private void exact(Answer answer) {
    if (answer.query().recallTarget() == 1) {
      Expect.equal("recall", 1.0, Recall.of(answer.hits(), answer.exact()));
    }
  }

  private void barred(Answer answer) {
    VectorHits hits = answer.hits();
    int middle = hits.scores().length / 2;
    if (answer.query().recallTarget() == 1 && hits.scores().length > 0) {
      float bar = hits.scores()[middle];
      Expect.equal(
          "hits that reach the bar " + bar, reaching(hits, bar), reaching(answer.barred(), bar));
    }
  }

  private static List<Integer> reaching(VectorHits hits, float bar) {
    return IntStream.range(0, hits.rows().length)
        .filter(i -> hits.scores()[i] >= bar)
        .map(i -> hits.rows()[i])
        .boxed()
        .toList();
  }

  private void told(Answer answer) {
    Expect.that(
        answer.told().size() <= 1,
        () -> "likely rows were told " + answer.told().size() + " times, expected once at most");
    for (int[] likely : answer.told()) {
      for (int row : answer.hits().rows()) {
        Expect.that(
            Arrays.stream(likely).anyMatch(told -> told == row),
            () -> "row " + row + " is a hit and not among " + Arrays.toString(likely));
      }
    }
  }

  private void reused(Answer answer) {
    Expect.equal(
        "rows found by a query in the array of another, of which they are the negative",
        Arrays.toString(answer.negated().getFirst().rows()),
        Arrays.toString(answer.negated().getLast().rows()));
  }

  private void queryUnchanged(Answer answer) {
    Expect.equal("the query's vector after the search", answer.asked(), answer.query().vector());
  }
}
