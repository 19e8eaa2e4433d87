package io.elacsym.engine.live;

import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.TopK;
import io.elacsym.engine.model.Deadline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * In the place of a live index whose plugin has failed to take a text: the texts themselves, which
 * are analysed anew for each question. That is slow, and right; nothing of a text is kept that the
 * plugin might have half taken.
 *
 * @param texts values by row
 * @param analyzer the plugin's, asked for each question, so that a failure that passes does no harm
 *     for longer than it lasts
 */
record ScannedTexts(
    TextAnalysis analysis, Supplier<TextAnalyzer> analyzer, Map<Integer, List<String>> texts)
    implements LiveTextIndex {
  private static final int ROWS_BETWEEN_CHECKS = 64;

  ScannedTexts(TextAnalysis analysis, Supplier<TextAnalyzer> analyzer) {
    this(analysis, analyzer, new ConcurrentHashMap<>());
  }

  @Override
  public void add(int row, List<String> values) {
    texts.put(row, List.copyOf(values));
  }

  /** How often a row has the terms that are asked for. */
  private record Counted(int length, Map<String, Integer> frequencies) {}

  private static Counted counted(TextAnalyzer terms, List<String> values, List<String> asked) {
    Map<String, Integer> frequencies = new HashMap<>();
    int length = 0;
    for (String value : values) {
      for (String term : terms.terms(value)) {
        length++;
        if (asked.contains(term)) {
          frequencies.merge(term, 1, Integer::sum);
        }
      }
    }
    return new Counted(length, frequencies);
  }

  @FunctionalInterface
  private interface Visitor {
    void visit(int row, Counted counted);
  }

  private void each(RowSet rows, List<String> asked, Visitor visitor) {
    TextAnalyzer terms = analyzer.get();
    int visited = 0;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (visited++ % ROWS_BETWEEN_CHECKS == 0) {
        Deadline.check();
      }
      visitor.visit(row, counted(terms, texts.getOrDefault(row, List.of()), asked));
    }
  }

  @Override
  public TextStatistics statistics(List<String> terms, RowSet live) {
    long[] documentsAndTerms = new long[2];
    Map<String, Long> having = new HashMap<>();
    terms.forEach(term -> having.put(term, 0L));
    each(
        live,
        terms,
        (row, counted) -> {
          documentsAndTerms[0] += counted.length() > 0 ? 1 : 0;
          documentsAndTerms[1] += counted.length();
          counted.frequencies().keySet().forEach(term -> having.merge(term, 1L, Long::sum));
        });
    return new TextStatistics(documentsAndTerms[0], documentsAndTerms[1], having);
  }

  @Override
  public TextHits search(TextQuery query) {
    TopK top = new TopK(query.k(), query.accept().cardinality());
    each(
        query.accept(),
        query.terms(),
        (row, counted) -> {
          float score = score(query, counted);
          if (score > 0) {
            top.offer(score, row);
          }
        });
    long[] best = top.best();
    int[] rows = new int[best.length];
    float[] scores = new float[best.length];
    for (int i = 0; i < best.length; i++) {
      rows[i] = ScoreKey.row(best[i]);
      scores[i] = ScoreKey.score(best[i]);
    }
    return new TextHits(rows, scores);
  }

  @Override
  public float[] score(TextQuery query, int[] rows) {
    TextAnalyzer terms = analyzer.get();
    float[] scores = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Deadline.check();
      scores[i] =
          score(query, counted(terms, texts.getOrDefault(rows[i], List.of()), query.terms()));
    }
    return scores;
  }

  /** The formula of {@link TextQuery}. */
  private float score(TextQuery query, Counted counted) {
    TextStatistics statistics = query.statistics();
    double average = (double) statistics.totalTerms() / statistics.documents();
    double norm = 1 - analysis.b() + analysis.b() * counted.length() / average;
    double score = 0;
    for (String term : query.terms()) {
      int frequency = counted.frequencies().getOrDefault(term, 0);
      if (frequency > 0) {
        double having = statistics.documentFrequency(term);
        double rarity = Math.log(1 + (statistics.documents() - having + 0.5) / (having + 0.5));
        score += rarity * frequency / (frequency + analysis.k1() * norm);
      }
    }
    return (float) score;
  }

  @Override
  public void close() {
    // Nothing is held but texts that the documents have anyway.
  }
}
