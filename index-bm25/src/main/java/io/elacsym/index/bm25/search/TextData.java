package io.elacsym.index.bm25.search;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.apache.lucene.index.DocValuesSkipIndexType;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.jspecify.annotations.Nullable;

/** Postings and lengths of one field, wherever they lie. Safe for use by many threads. */
public interface TextData {
  /** The name under which Lucene knows the one field. */
  String FIELD = "text";

  /** All fields there are, as Lucene describes them: that one, with frequencies and positions. */
  FieldInfos FIELDS = new FieldInfos(new FieldInfo[] {field()});

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
    /** To score phrases: positions, too. */
    PLACES,
    /** To count what remains without deleted rows: postings and exact lengths; scores follow. */
    COUNTS
  }

  /**
   * Fetches together what would otherwise be fetched bit by bit: the look-up of all terms in one
   * wave at most, and what is needed of those found in another.
   */
  default void fetch(Collection<String> terms, Need need) throws IOException {}

  /** Fetches what a walk over the terms will read. */
  default void fetchTerms() throws IOException {}

  /** Exact lengths of rows. For one thread. */
  @FunctionalInterface
  interface RowLengths {
    int of(int row);
  }

  private static FieldInfo field() {
    return new FieldInfo(
        FIELD,
        0,
        false,
        false,
        false,
        IndexOptions.DOCS_AND_FREQS_AND_POSITIONS,
        DocValuesType.NONE,
        DocValuesSkipIndexType.NONE,
        -1,
        Map.of(),
        0,
        0,
        0,
        0,
        VectorEncoding.FLOAT32,
        VectorSimilarityFunction.EUCLIDEAN,
        false,
        false);
  }
}
