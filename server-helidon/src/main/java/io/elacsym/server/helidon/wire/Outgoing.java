package io.elacsym.server.helidon.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * The bytes a client is sent. It writes piece by piece, so that another thread can see whether the
 * client takes them. One thread writes.
 */
final class Outgoing extends OutputStream {
  private static final int PIECE = 16 << 10;
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
  private static final long NOT_YET = 0;

  private final OutputStream out;
  private final Patience patience;
  private volatile long answerBegan = NOT_YET;
  private volatile long pieceBegan = NOT_YET;
  private boolean headOnly;
  private int matched;

  Outgoing(Socket socket, Patience patience) throws IOException {
    this.out = socket.getOutputStream();
    this.patience = patience;
  }

  /**
   * Begins an answer.
   *
   * @param headOnly whether what follows the head is dropped, as in an answer to HEAD
   */
  void begin(boolean headOnly) {
    this.headOnly = headOnly;
    matched = 0;
    answerBegan = NOT_YET;
  }

  /** Whether the client takes too long, as seen from another thread. */
  boolean stalled() {
    long piece = pieceBegan;
    if (piece == NOT_YET) {
      return false;
    }
    long now = System.nanoTime();
    return now - piece > patience.answerIdle().toNanos()
        || now - answerBegan > patience.answer().toNanos();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (answerBegan == NOT_YET) {
      answerBegan = now();
    }
    int count = headOnly ? partOfHead(bytes, offset, length) : length;
    for (int done = 0; done < count; done += PIECE) {
      pieceBegan = now();
      try {
        out.write(bytes, offset + done, Math.min(PIECE, count - done));
      } finally {
        pieceBegan = NOT_YET;
      }
    }
  }

  /** Writes what is not the answer yet, such as the word to go on. */
  void writeInterim(byte[] bytes) throws IOException {
    pieceBegan = now();
    answerBegan = now();
    try {
      out.write(bytes);
    } finally {
      pieceBegan = NOT_YET;
      answerBegan = NOT_YET;
    }
  }

  private static long now() {
    long now = System.nanoTime();
    return now == NOT_YET ? 1 : now;
  }

  private int partOfHead(byte[] bytes, int offset, int length) {
    int count = 0;
    while (count < length && matched < HEAD_END.length) {
      byte b = bytes[offset + count++];
      if (b == HEAD_END[matched]) {
        matched++;
      } else {
        matched = b == HEAD_END[0] ? 1 : 0;
      }
    }
    return count;
  }
}
