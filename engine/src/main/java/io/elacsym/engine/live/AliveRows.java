package io.elacsym.engine.live;

import io.elacsym.api.index.RowSet;
import java.util.Arrays;

/**
 * Which rows are alive, changed by one thread and published as immutable sets. The words are copied
 * at the first change after a publication, so that many changes of one commit cost one copy.
 */
public final class AliveRows {
  private long[] words;
  private int rowCount;
  private RowSet published;
  private boolean dirty;

  /** Starts from a published set. */
  public AliveRows(RowSet start) {
    this.rowCount = start.rowCount();
    this.words = new long[(rowCount + 63) >> 6];
    for (int i = 0; i < words.length; i++) {
      words[i] = start.word(i);
    }
    this.published = start;
  }

  /** A new row, alive, behind the last one. */
  public void append() {
    own();
    if (rowCount >> 6 == words.length) {
      words = Arrays.copyOf(words, Math.max(4, words.length * 2));
    }
    words[rowCount >> 6] |= 1L << rowCount;
    rowCount++;
  }

  /**
   * Marks a row dead.
   *
   * @return whether it was alive
   */
  public boolean remove(int row) {
    if ((words[row >> 6] >>> row & 1) == 0) {
      return false;
    }
    own();
    words[row >> 6] &= ~(1L << row);
    return true;
  }

  public boolean contains(int row) {
    return (words[row >> 6] >>> row & 1) != 0;
  }

  private void own() {
    if (!dirty) {
      words = words.clone();
      dirty = true;
    }
  }

  /** The set as it is now; the same object as long as nothing changes. */
  public RowSet publish() {
    if (dirty) {
      published = RowSet.ofWords(rowCount, Arrays.copyOf(words, (rowCount + 63) >> 6));
      dirty = false;
    }
    return published;
  }
}
