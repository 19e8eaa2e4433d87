package io.elacsym.api.index;

import java.util.List;

/**
 * A text index that grows. One thread adds while many search; a row counts from the moment the
 * {@link RowSet} given to a call covers it, and rows at or beyond that set's row count are as if
 * they had not been added yet.
 */
public interface LiveTextIndex extends TextIndexReader {
  /** As {@link TextIndexWriter#add}. */
  void add(int row, List<String> values);
}
