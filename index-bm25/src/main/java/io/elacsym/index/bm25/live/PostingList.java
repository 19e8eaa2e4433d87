package io.elacsym.index.bm25.live;

import java.util.Arrays;

/**
 * The rows that have one term, and where in them it stands; growing. One thread appends; any thread
 * may take {@link #state} at any time.
 *
 * <p>Coded as variable-length integers (7 bits a byte, low bits first): twice the distance to the
 * row before, plus 1 when the frequency is 1; otherwise the frequency follows. Positions are coded
 * in the same way beside that, as distances within their row, so that who does not ask for them
 * need not read over them.
 */
final class PostingList {
  private static final int LONGEST_POSTING = 10;
  private static final int LONGEST_POSITION = 5;

  /**
   * Postings up to some moment; bytes beyond {@code length} belong to later ones.
   *
   * @param count how many rows
   * @param lastRow the last of them, -1 when there are none
   * @param positions as many as all frequencies together, and later ones
   */
  record State(byte[] bytes, int length, int count, int lastRow, byte[] positions) {}

  /** Volatile: whoever sees a state also sees the bytes it covers, which are written before it. */
  private volatile State state = new State(new byte[LONGEST_POSTING + 2], 0, 0, -1, new byte[0]);

  /** Of the appending thread: the row being added, and the term's frequency in it so far. */
  private int pendingRow = -1;

  private int pendingFrequency;
  private int lastPosition;
  private byte[] positions = new byte[LONGEST_POSITION + 1];
  private int positionsLength;

  State state() {
    return state;
  }

  /**
   * Counts one occurrence in {@code row}, to be published by {@link #publish}.
   *
   * @return whether it is the first in this row
   */
  boolean occurs(int row, int position) {
    boolean first = pendingRow != row;
    if (first) {
      pendingRow = row;
      pendingFrequency = 0;
      lastPosition = 0;
    }
    pendingFrequency++;
    if (positions.length < positionsLength + LONGEST_POSITION) {
      positions = Arrays.copyOf(positions, 2 * positions.length + LONGEST_POSITION);
    }
    positionsLength = write(positions, positionsLength, position - lastPosition);
    lastPosition = position;
    return first;
  }

  /** Appends the counted row. */
  void publish() {
    State before = state;
    byte[] bytes = before.bytes;
    if (bytes.length < before.length + LONGEST_POSTING) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + LONGEST_POSTING);
    }
    // The distance takes 33 bits when doubled: a first row may be as great as an int.
    long distance = 2L * (pendingRow - before.lastRow);
    int length = before.length;
    if (pendingFrequency == 1) {
      length = write(bytes, length, distance | 1);
    } else {
      length = write(bytes, length, distance);
      length = write(bytes, length, pendingFrequency);
    }
    state = new State(bytes, length, before.count + 1, pendingRow, positions);
  }

  private static int write(byte[] bytes, int from, long value) {
    int at = from;
    long rest = value;
    while (rest > 0x7f) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    return at;
  }
}
