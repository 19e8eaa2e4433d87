package io.elacsym.engine.leaf;

import io.elacsym.api.index.VectorQuery;
import io.elacsym.engine.aggregate.Measure;
import io.elacsym.engine.aggregate.Partial;
import io.elacsym.engine.aggregate.Tallied;
import io.elacsym.engine.aggregate.Tally;
import io.elacsym.engine.border.HitCheck;
import io.elacsym.engine.order.OrderedRow;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Whether an answer fits its question, as far as that can be seen without searching. */
final class AnswerCheck {
  private AnswerCheck() {}

  /**
   * @return what is wrong; empty when nothing is
   */
  static Optional<String> of(LeafQuestion question, LeafAnswer answer) {
    return switch (question) {
      case LeafQuestion.Matching matching -> require(answer instanceof LeafAnswer.Rows);
      case LeafQuestion.Nearest(String field, VectorQuery query, var ahead) ->
          answer instanceof LeafAnswer.Vectors vectors
              // How many rows have a vector only the index knows, so that none has to be there.
              ? HitCheck.of(vectors.hits(), query, 0)
              : require(false);
      case LeafQuestion.Counting counting ->
          answer instanceof LeafAnswer.Counts counts
              ? HitCheck.of(counts.statistics(), counting.live())
              : require(false);
      case LeafQuestion.Meaning meaning ->
          answer instanceof LeafAnswer.Terms terms
              ? HitCheck.ofTerms(terms.terms(), meaning.limit())
              : require(false);
      case LeafQuestion.Finding finding ->
          answer instanceof LeafAnswer.Rows rows
              ? HitCheck.ofRows(rows.rows(), finding.accept())
              : require(false);
      case LeafQuestion.Search search ->
          answer instanceof LeafAnswer.Texts texts
              ? HitCheck.of(texts.hits(), search.query())
              : require(false);
      case LeafQuestion.Scoring scoring ->
          answer instanceof LeafAnswer.Scores scores
              ? HitCheck.ofScores(scores.scores(), scoring.rows().length)
              : require(false);
      case LeafQuestion.Together together ->
          require(
              answer instanceof LeafAnswer.Together(List<Tallied> tallied)
                  && fit(together.tallies(), tallied));
      case LeafQuestion.First first ->
          require(
              answer instanceof LeafAnswer.First(List<OrderedRow> rows) && areFirst(rows, first));
      case LeafQuestion.Fetch fetch ->
          require(
              answer instanceof LeafAnswer.Contents contents
                  && contents.rows().size() == fetch.rows().length);
    };
  }

  private static boolean fit(List<Tally> tallies, List<Tallied> tallied) {
    return tallies.size() == tallied.size()
        && IntStream.range(0, tallies.size()).allMatch(i -> fits(tallies.get(i), tallied.get(i)));
  }

  private static boolean fits(Tally tally, Tallied tallied) {
    return tallied.groups().size() <= tally.first().orElse(Integer.MAX_VALUE)
        && tallied.groups().stream()
            .allMatch(group ->
                group.key().size() == tally.keys().size()
                    && group.measures().size() == tally.measures().size()
                    && IntStream.range(0, group.measures().size())
                        .allMatch(i -> fits(tally.measures().get(i), group.measures().get(i))));
  }

  private static boolean fits(Measure measure, Partial partial) {
    return switch (measure) {
      case Measure.Rows _ -> partial instanceof Partial.Rows;
      case Measure.Total _ -> partial instanceof Partial.Total;
      case Measure.Extreme(String _, boolean greatest) ->
          partial instanceof Partial.Extreme extreme && extreme.greatest() == greatest;
    };
  }

  private static boolean areFirst(List<OrderedRow> rows, LeafQuestion.First asked) {
    BitSet seen = new BitSet();
    rows.forEach(row -> seen.set(row.row()));
    return rows.size() <= asked.limit()
        && seen.cardinality() == rows.size()
        && rows.stream()
            .allMatch(row ->
                asked.accept().contains(row.row())
                    && row.values().size() == asked.order().keys().size());
  }

  private static Optional<String> require(boolean fits) {
    return fits ? Optional.empty() : Optional.of("it answers another question");
  }
}
