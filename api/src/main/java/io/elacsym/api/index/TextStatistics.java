package io.elacsym.api.index;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts that make BM25 scores comparable.
 *
 * @param documents rows with at least one term in the field
 * @param totalTerms terms of these rows, repeats included
 * @param documentFrequencies for each asked term, how many rows have it
 */
public record TextStatistics(
    long documents, long totalTerms, Map<String, Long> documentFrequencies) {
  public static final TextStatistics NONE = new TextStatistics(0, 0, Map.of());

  public TextStatistics {
    documentFrequencies = Map.copyOf(documentFrequencies);
  }

  /** The statistics of two disjoint sets of rows together. */
  public TextStatistics plus(TextStatistics other) {
    Map<String, Long> sum = new HashMap<>(documentFrequencies);
    other.documentFrequencies.forEach((term, count) -> sum.merge(term, count, Long::sum));
    return new TextStatistics(documents + other.documents, totalTerms + other.totalTerms, sum);
  }

  public long documentFrequency(String term) {
    return documentFrequencies.getOrDefault(term, 0L);
  }
}
