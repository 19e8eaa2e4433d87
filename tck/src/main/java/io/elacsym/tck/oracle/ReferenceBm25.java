package io.elacsym.tck.oracle;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The formula of {@link TextQuery}, term by term, over rows whose terms it is given. */
public final class ReferenceBm25 {
  private final double k1;
  private final double b;
  private final TreeMap<Integer, List<String>> rows = new TreeMap<>();

  public ReferenceBm25(double k1, double b) {
    this.k1 = k1;
    this.b = b;
  }

  /** Adds a row with the terms of all its texts; a row without terms is no document. */
  public void add(int row, List<String> terms) {
    if (!terms.isEmpty()) {
      rows.put(row, List.copyOf(terms));
    }
  }

  /** Counts over the rows of {@code live}. */
  public TextStatistics statistics(List<String> terms, RowSet live) {
    long documents = 0;
    long totalTerms = 0;
    Map<String, Long> frequencies = new HashMap<>();
    terms.forEach(term -> frequencies.put(term, 0L));
    for (Map.Entry<Integer, List<String>> row : rows.entrySet()) {
      if (!within(live, row.getKey())) {
        continue;
      }
      documents++;
      totalTerms += row.getValue().size();
      frequencies.replaceAll((term, count) -> row.getValue().contains(term) ? count + 1 : count);
    }
    return new TextStatistics(documents, totalTerms, frequencies);
  }

  /** The best accepted rows. */
  public TextHits search(TextQuery query) {
    record Hit(int row, float score) {}
    List<Hit> hits = new ArrayList<>();
    for (int row : rows.keySet()) {
      float score = within(query.accept(), row) ? (float) score(query, row) : 0;
      if (score > 0) {
        hits.add(new Hit(row, score));
      }
    }
    hits.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparingInt(Hit::row));
    int found = Math.min(query.k(), hits.size());
    int[] best = new int[found];
    float[] scores = new float[found];
    for (int i = 0; i < found; i++) {
      best[i] = hits.get(i).row();
      scores[i] = hits.get(i).score();
    }
    return new TextHits(best, scores);
  }

  /** The score of one row, 0 when it has none of the terms. */
  public double score(TextQuery query, int row) {
    List<String> terms = rows.getOrDefault(row, List.of());
    TextStatistics statistics = query.statistics();
    double average = (double) statistics.totalTerms() / statistics.documents();
    double score = 0;
    for (String term : query.terms()) {
      double f = terms.stream().filter(term::equals).count();
      if (f > 0) {
        double n = statistics.documentFrequency(term);
        double idf = Math.log(1 + (statistics.documents() - n + 0.5) / (n + 0.5));
        score += idf * f / (f + k1 * (1 - b + b * terms.size() / average));
      }
    }
    return score;
  }

  private static boolean within(RowSet set, int row) {
    return row < set.rowCount() && set.contains(row);
  }
}
