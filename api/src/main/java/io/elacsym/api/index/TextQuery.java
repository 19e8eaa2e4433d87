package io.elacsym.api.index;

import java.util.List;

/**
 * One text search. The score of a row is the sum over {@code terms} (a repeated term counts as
 * often as it is repeated) of
 *
 * <pre>ln(1 + (N - n + 0.5) / (n + 0.5)) * f / (f + k1 * (1 - b + b * length / average))</pre>
 *
 * with N documents, n of them having the term, f its frequency in the row (Robertson and Zaragoza,
 * "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, without the constant factor k1 +
 * 1). An index may round {@code length} for long texts, in the same way everywhere.
 *
 * @param terms analysed terms, at least one
 * @param statistics of all live documents of the namespace
 * @param k how many rows are wanted, from 1
 * @param accept rows that may be returned: alive and matching the filter
 */
public record TextQuery(List<String> terms, TextStatistics statistics, int k, RowSet accept) {
  public TextQuery {
    terms = List.copyOf(terms);
  }
}
