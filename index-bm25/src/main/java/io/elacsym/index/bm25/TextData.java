package io.elacsym.index.bm25;

import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Terms;
import org.jspecify.annotations.Nullable;

/** Postings and lengths of one field, wherever they lie. Safe for use by many threads. */
interface TextData {
  /** The name under which Lucene knows the one field. */
  String FIELD = "text";

  /**
   * The terms with their postings below {@code rowLimit}; null when there are none, as Lucene has
   * it.
   */
  @Nullable Terms terms(int rowLimit);

  /** The rounded lengths of rows below {@code rowLimit}. */
  NumericDocValues norms(int rowLimit);

  /** How many rows below {@code rowLimit} have terms. */
  long documents(int rowLimit);

  /** How many terms they have, repeats included. */
  long totalTerms(int rowLimit);

  /** How many terms one row has; 0 for a row without text. */
  RowLengths lengths(int rowLimit);

  /** Exact lengths of rows. For one thread. */
  @FunctionalInterface
  interface RowLengths {
    int of(int row);
  }
}
