package io.elacsym.index.bm25.live;

import java.io.IOException;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.util.BytesRef;

/** The rows of one {@link PostingList} below a limit, for Lucene. */
final class BufferedPostings extends PostingsEnum {
  private final PostingList.State state;
  private final byte[] bytes;
  private final int rowLimit;
  private int at;
  private int row = -1;
  private int frequency;

  /** Where the next position lies, and how many of this row and those before were not read. */
  private int positionAt;

  private long unread;
  private int unreadOfRow;
  private int position;

  BufferedPostings(PostingList.State state, int rowLimit) {
    this.state = state;
    this.bytes = state.bytes();
    this.rowLimit = rowLimit;
  }

  @Override
  public int docID() {
    return row;
  }

  @Override
  public int nextDoc() {
    if (row == NO_MORE_DOCS || at == state.length()) {
      row = NO_MORE_DOCS;
      return row;
    }
    long coded = next();
    unread += unreadOfRow;
    frequency = (coded & 1) != 0 ? 1 : (int) next();
    unreadOfRow = frequency;
    position = 0;
    row += (int) (coded >>> 1);
    if (row >= rowLimit) {
      row = NO_MORE_DOCS;
    }
    return row;
  }

  private long next() {
    byte b = bytes[at++];
    long value = b & 0x7f;
    for (int shift = 7; b < 0; shift += 7) {
      b = bytes[at++];
      value |= (b & 0x7fL) << shift;
    }
    return value;
  }

  @Override
  public int advance(int target) throws IOException {
    return slowAdvance(target);
  }

  @Override
  public long cost() {
    return state.count();
  }

  @Override
  public int freq() {
    return frequency;
  }

  /** Positions of rows that were passed over are passed over only now. */
  @Override
  public int nextPosition() {
    byte[] positions = state.positions();
    while (unread > 0) {
      if (positions[positionAt++] >= 0) {
        unread--;
      }
    }
    byte b = positions[positionAt++];
    int distance = b & 0x7f;
    for (int shift = 7; b < 0; shift += 7) {
      b = positions[positionAt++];
      distance |= (b & 0x7f) << shift;
    }
    unreadOfRow--;
    position += distance;
    return position;
  }

  @Override
  public int startOffset() {
    return -1;
  }

  @Override
  public int endOffset() {
    return -1;
  }

  @Override
  @SuppressWarnings("NullAway") // Lucene's contract: null is "no payload"
  public BytesRef getPayload() {
    return null;
  }
}
