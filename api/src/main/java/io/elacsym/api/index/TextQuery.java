package io.elacsym.api.index;

import java.util.List;

/**
 * One text search. What a term adds to the score of a row is
 *
 * <pre>ln(1 + (N - n + 0.5) / (n + 0.5)) * f / (f + k1 * (1 - b + b * length / average))</pre>
 *
 * with N documents, n of them having the term, f its frequency in the row (Robertson and Zaragoza,
 * "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, without the constant factor k1 +
 * 1). Its first factor is the weight of the term. An index may round {@code length} for long texts,
 * in the same way everywhere.
 *
 * @param clause which rows are found
 * @param statistics of all live documents of the namespace, at least for the terms of the clause
 * @param k how many rows are wanted, from 1
 * @param accept rows that may be returned: alive and matching the filter
 */
public record TextQuery(TextClause clause, TextStatistics statistics, int k, RowSet accept) {
  /** A search for rows with any of some terms, as {@link TextClause#anyOf} says. */
  public TextQuery(List<String> terms, TextStatistics statistics, int k, RowSet accept) {
    this(TextClause.anyOf(terms), statistics, k, accept);
  }

  /** All terms of the clause, repeats included. */
  public List<String> terms() {
    return clause.terms().toList();
  }
}
