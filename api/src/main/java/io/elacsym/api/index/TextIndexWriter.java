package io.elacsym.api.index;

import java.util.List;

/** Writes one text index. For one thread. */
public interface TextIndexWriter extends AutoCloseable {
  /** How many positions lie between two values of a row. */
  int GAP = 100;

  /**
   * Adds a row. Between the positions of two values there is a {@link #GAP}, so that no phrase
   * reaches from one into another: the first token of the later one stands so far behind the place
   * that follows the last token before it, plus its own position.
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
