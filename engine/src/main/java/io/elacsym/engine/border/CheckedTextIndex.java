package io.elacsym.engine.border;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextFrequencies;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.WeightedTerm;
import java.util.List;
import java.util.Optional;

/**
 * A text index whose answers are what its interface promises, as far as {@link HitCheck} sees, or
 * none: an answer that is not fails as {@link WrongAnswer}. Safe for use by many threads.
 */
public final class CheckedTextIndex implements TextIndexReader {
  private final TextIndexReader reader;
  private final PluginName plugin;
  private final PluginWatch watch;

  public CheckedTextIndex(TextIndexReader reader, PluginName plugin, PluginWatch watch) {
    this.reader = reader;
    this.plugin = plugin;
    this.watch = watch;
  }

  @Override
  public TextStatistics statistics(List<String> terms, RowSet live) {
    TextStatistics statistics = reader.statistics(terms, live);
    require(HitCheck.of(statistics, live));
    return statistics;
  }

  @Override
  public TextHits search(TextQuery query) {
    TextHits hits = reader.search(query);
    require(HitCheck.of(hits, query));
    return hits;
  }

  @Override
  public float[] score(TextQuery query, int[] rows) {
    float[] scores = reader.score(query, rows);
    require(HitCheck.ofScores(scores, rows.length));
    return scores;
  }

  @Override
  public List<WeightedTerm> terms(TermPattern pattern, RowSet live, int limit) {
    List<WeightedTerm> terms = reader.terms(pattern, live, limit);
    require(HitCheck.ofTerms(terms, limit));
    return terms;
  }

  @Override
  public RowSet matching(TextClause clause, RowSet accept) {
    RowSet rows = reader.matching(clause, accept);
    require(HitCheck.ofRows(rows, accept));
    return rows;
  }

  @Override
  public Optional<TextFrequencies> frequencies(List<TextClause> clauses, int[] rows) {
    Optional<TextFrequencies> frequencies = reader.frequencies(clauses, rows);
    require(frequencies.flatMap(found -> HitCheck.of(found, clauses.size(), rows.length)));
    return frequencies;
  }

  private void require(Optional<String> wrong) {
    wrong.ifPresent(how -> {
      watch.broke(plugin, how);
      throw WrongAnswer.of(plugin, how);
    });
  }

  @Override
  public void close() {
    reader.close();
  }
}
