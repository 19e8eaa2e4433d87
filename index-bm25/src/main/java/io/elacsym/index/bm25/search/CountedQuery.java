package io.elacsym.index.bm25.search;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;

/** A term that is weighed by other statistics than those of the search. */
final class CountedQuery extends Query {
  private final Query term;
  private final GlobalStatistics statistics;

  CountedQuery(Query term, GlobalStatistics statistics) {
    this.term = term;
    this.statistics = statistics;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost)
      throws IOException {
    return term.createWeight(
        new GlobalSearcher(searcher.getTopReaderContext(), statistics, searcher.getSimilarity()),
        mode,
        boost);
  }

  @Override
  public void visit(QueryVisitor visitor) {
    term.visit(visitor);
  }

  @Override
  public String toString(String field) {
    return term.toString(field);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CountedQuery counted
        && term.equals(counted.term)
        && statistics.equals(counted.statistics);
  }

  @Override
  public int hashCode() {
    return Objects.hash(term, statistics.given());
  }
}
