package io.elacsym.server.helidon.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The bytes a client sends. One thread reads them; while that is busy with a request, another one
 * may look ahead, to notice that the client is gone. What it meets is kept for the reader.
 */
final class Incoming {
  private static final int BUFFER = 4 << 10;

  /** Further than this nobody looks ahead. */
  private static final int MAX_AHEAD = 64 << 10;

  /** How long one look takes at most, and so the longest that the reader waits for its turn. */
  private static final int LOOK_MILLIS = 100;

  private final Socket socket;
  private final InputStream in;
  private final ReentrantLock reading = new ReentrantLock();
  private final Queue<byte[]> ahead = new ConcurrentLinkedQueue<>();
  private final byte[] own = new byte[BUFFER];
  private volatile boolean looking;
  private volatile boolean ended;
  private byte[] buffer = own;
  private int position;
  private int limit;

  Incoming(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** Waits for the next byte; false when none comes in time, or none at all. */
  boolean await(Until until) throws IOException {
    try {
      return fill(until);
    } catch (TooSlow e) {
      return false;
    }
  }

  /** The byte that {@link #await} has waited for. */
  int peek() {
    return buffer[position] & 0xff;
  }

  /** The next byte. */
  int next(Until until) throws IOException {
    if (!fill(until)) {
      throw new ClientLeft("the connection ended in the middle of a request");
    }
    return buffer[position++] & 0xff;
  }

  /** Some bytes, at least one; -1 at the end. */
  int read(byte[] target, int offset, int length, Until until) throws IOException {
    if (position == limit && length >= BUFFER) {
      looking = false;
      reading.lock();
      try {
        if (ahead.isEmpty()) {
          return receive(target, offset, length, until);
        }
      } finally {
        reading.unlock();
      }
    }
    if (!fill(until)) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  private boolean fill(Until until) throws IOException {
    if (position < limit) {
      return true;
    }
    looking = false;
    if (takeAhead()) {
      return true;
    }
    reading.lock();
    try {
      // The thread that looked ahead until now may have received bytes, or the end.
      if (takeAhead()) {
        return true;
      }
      int count = receive(own, 0, own.length, until);
      buffer = own;
      position = 0;
      limit = Math.max(0, count);
      return count > 0;
    } finally {
      reading.unlock();
    }
  }

  private boolean takeAhead() {
    byte[] next = ahead.poll();
    if (next == null) {
      return false;
    }
    buffer = next;
    position = 0;
    limit = next.length;
    return true;
  }

  private int receive(byte[] target, int offset, int length, Until until) throws IOException {
    if (ended) {
      return -1;
    }
    int millis = until.millis();
    if (millis == 0) {
      throw new TooSlow("nothing came in time");
    }
    socket.setSoTimeout(millis);
    try {
      int count = in.read(target, offset, length);
      ended = count < 0;
      return count;
    } catch (SocketTimeoutException e) {
      throw new TooSlow("nothing came in time");
    }
  }

  /**
   * Begins to look ahead on a thread of its own, until the reader needs its bytes.
   *
   * @param wanted whether anyone still has to know that the client is gone
   */
  void lookAhead(BooleanSupplier wanted, Runnable gone) {
    looking = true;
    Thread.ofVirtual().name("http-look-ahead").start(() -> look(wanted, gone));
  }

  /** Ends looking ahead. */
  void lookNoMore() {
    looking = false;
  }

  private void look(BooleanSupplier wanted, Runnable gone) {
    byte[] some = new byte[BUFFER];
    int kept = 0;
    while (looking && kept < MAX_AHEAD) {
      reading.lock();
      try {
        // A look that comes too late, when the exchange is over, does not begin.
        if (!looking || ended || !wanted.getAsBoolean()) {
          return;
        }
        socket.setSoTimeout(LOOK_MILLIS);
        int count = in.read(some);
        if (count < 0) {
          end(wanted, gone);
          return;
        }
        ahead.add(Arrays.copyOf(some, count));
        kept += count;
      } catch (SocketTimeoutException e) {
        // The client is there and silent, as it should be.
      } catch (IOException e) {
        end(wanted, gone);
        return;
      } finally {
        reading.unlock();
      }
    }
  }

  private void end(BooleanSupplier wanted, Runnable gone) {
    ended = true;
    // A client that leaves when it has its answer is no reason to cancel anything.
    if (looking && wanted.getAsBoolean()) {
      gone.run();
    }
  }
}
