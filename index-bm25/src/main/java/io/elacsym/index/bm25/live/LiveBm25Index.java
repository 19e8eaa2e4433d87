package io.elacsym.index.bm25.live;

import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextFrequencies;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.index.bm25.analysis.LanguageAnalyzer;
import io.elacsym.index.bm25.search.LiveCounts;
import io.elacsym.index.bm25.search.Ranking;
import io.elacsym.index.bm25.search.TermPatterns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** A growing index in memory. One thread adds, many search. */
public final class LiveBm25Index implements LiveTextIndex {
  private final PostingsBuffer buffer;
  private final BufferedData data;
  private final Ranking ranking;
  private final LiveCounts counts;
  private final TermPatterns patterns;

  /**
   * @param checkCancelled throws when a search should end
   */
  public LiveBm25Index(TextAnalysis analysis, Runnable checkCancelled) {
    this.buffer = new PostingsBuffer(new LanguageAnalyzer(analysis));
    this.data = new BufferedData(buffer);
    this.ranking = new Ranking(analysis, checkCancelled);
    this.counts = new LiveCounts(data, checkCancelled);
    this.patterns = new TermPatterns(data, checkCancelled);
  }

  @Override
  public void add(int row, List<String> values) {
    buffer.add(row, values);
  }

  @Override
  public TextStatistics statistics(List<String> terms, RowSet live) {
    try {
      return counts.statistics(terms, live);
    } catch (IOException e) {
      throw new UncheckedIOException("memory", e);
    }
  }

  @Override
  public TextHits search(TextQuery query) {
    try {
      return ranking.search(data, query);
    } catch (IOException e) {
      throw new UncheckedIOException("memory", e);
    }
  }

  @Override
  public float[] score(TextQuery query, int[] rows) {
    try {
      return ranking.score(data, query, rows);
    } catch (IOException e) {
      throw new UncheckedIOException("memory", e);
    }
  }

  @Override
  public List<WeightedTerm> terms(TermPattern pattern, RowSet live, int limit) {
    try {
      return patterns.terms(pattern, live, limit);
    } catch (IOException e) {
      throw new UncheckedIOException("memory", e);
    }
  }

  @Override
  public RowSet matching(TextClause clause, RowSet accept) {
    try {
      return ranking.matching(data, clause, accept);
    } catch (IOException e) {
      throw new UncheckedIOException("memory", e);
    }
  }

  @Override
  public Optional<TextFrequencies> frequencies(List<TextClause> clauses, int[] rows) {
    try {
      return Optional.of(ranking.frequencies(data, clauses, rows));
    } catch (IOException e) {
      throw new UncheckedIOException("memory", e);
    }
  }

  @Override
  public void close() {}
}
