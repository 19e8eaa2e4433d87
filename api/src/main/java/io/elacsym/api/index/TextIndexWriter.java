package io.elacsym.api.index;

import java.util.List;

/** Writes one text index. For one thread. */
public interface TextIndexWriter extends AutoCloseable {
  /**
   * Adds a row.
   *
   * @param row greater than every row added before; rows without text are left out
   * @param values the texts of the row; one for a string field
   */
  void add(int row, List<String> values);

  /** Completes the blob. */
  void finish();

  /** Frees what is held. Without {@link #finish} before it, the blob is abandoned. */
  @Override
  void close();
}
