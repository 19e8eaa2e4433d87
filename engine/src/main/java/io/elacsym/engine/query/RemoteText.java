package io.elacsym.engine.query;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextFrequencies;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.engine.leaf.LeafAnswer;
import io.elacsym.engine.leaf.LeafQuestion;
import java.util.List;
import java.util.Optional;

/** The text index of a segment that another process searches. */
final class RemoteText implements TextIndexReader {
  private final RemotePart part;
  private final String field;

  RemoteText(RemotePart part, String field) {
    this.part = part;
    this.field = field;
  }

  @Override
  public TextStatistics statistics(List<String> terms, RowSet live) {
    return part.ask(new LeafQuestion.Counting(field, terms, live), LeafAnswer.Counts.class)
        .statistics();
  }

  @Override
  public List<WeightedTerm> terms(TermPattern pattern, RowSet live, int limit) {
    return part.ask(new LeafQuestion.Meaning(field, pattern, live, limit), LeafAnswer.Terms.class)
        .terms();
  }

  @Override
  public RowSet matching(TextClause clause, RowSet accept) {
    return part.ask(new LeafQuestion.Finding(field, clause, accept), LeafAnswer.Rows.class).rows();
  }

  @Override
  public TextHits search(TextQuery query) {
    return part.ask(new LeafQuestion.Search(field, query), LeafAnswer.Texts.class).hits();
  }

  @Override
  public float[] score(TextQuery query, int[] rows) {
    return part.ask(new LeafQuestion.Scoring(field, query, rows), LeafAnswer.Scores.class).scores();
  }

  @Override
  public Optional<TextFrequencies> frequencies(List<TextClause> clauses, int[] rows) {
    return part.ask(new LeafQuestion.Occurring(field, clauses, rows), LeafAnswer.Frequencies.class)
        .found();
  }

  @Override
  public void close() {
    // It has nothing of its own.
  }
}
