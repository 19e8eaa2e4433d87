package io.elacsym.index.bm25;

import java.io.IOException;
import java.util.Collection;
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

  /** What a call will read, besides the terms themselves. */
  enum Need {
    NOTHING,
    /** To score: postings and rounded lengths. */
    SCORES,
    /** To count what remains without deleted rows: postings and exact lengths; scores follow. */
    COUNTS
  }

  /**
   * Fetches together what would otherwise be fetched bit by bit: the look-up of all terms in one
   * wave at most, and what is needed of those found in another.
   */
  default void fetch(Collection<String> terms, Need need) throws IOException {}

  /** Exact lengths of rows. For one thread. */
  @FunctionalInterface
  interface RowLengths {
    int of(int row);
  }
}
