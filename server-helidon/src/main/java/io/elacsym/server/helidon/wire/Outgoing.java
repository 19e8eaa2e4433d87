package io.elacsym.server.helidon.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The bytes a client is sent. It writes piece by piece, so that another thread can see whether the
 * client takes them. One thread writes.
 */
final class Outgoing extends OutputStream {
  private static final int PIECE = 16 << 10;
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private final OutputStream out;
  private final Patience patience;
  private volatile Optional<Sending> sending = Optional.empty();
  private volatile OptionalLong answerBegan = OptionalLong.empty();
  private boolean headOnly;
  private int matched;

  /**
   * A piece that is being written.
   *
   * @param began when, in {@link System#nanoTime}
   * @param answerBegan when the answer began to which the piece belongs
   */
  private record Sending(long began, long answerBegan) {}

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
    answerBegan = OptionalLong.empty();
  }

  /** Whether the client may have something of the answer, as seen from another thread. */
  boolean begun() {
    return answerBegan.isPresent();
  }

  /** Whether the client takes too long, as seen from another thread. */
  boolean stalled() {
    Optional<Sending> now = sending;
    if (now.isEmpty()) {
      return false;
    }
    long time = System.nanoTime();
    return time - now.get().began() > patience.answerIdle().toNanos()
        || time - now.get().answerBegan() > patience.answer().toNanos();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    long began = answerBegan.orElseGet(System::nanoTime);
    answerBegan = OptionalLong.of(began);
    int count = headOnly ? partOfHead(bytes, offset, length) : length;
    for (int done = 0; done < count; done += PIECE) {
      writePiece(bytes, offset + done, Math.min(PIECE, count - done), began);
    }
  }

  /** Writes what is not the answer yet, such as the word to go on. */
  void writeInterim(byte[] bytes) throws IOException {
    writePiece(bytes, 0, bytes.length, System.nanoTime());
  }

  private void writePiece(byte[] bytes, int offset, int length, long answerBegan)
      throws IOException {
    sending = Optional.of(new Sending(System.nanoTime(), answerBegan));
    try {
      out.write(bytes, offset, length);
    } finally {
      sending = Optional.empty();
    }
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
