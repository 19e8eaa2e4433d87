package io.elacsym.server.helidon.wire;

import io.elacsym.engine.model.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The body of one request, and no byte more: where it ends is what its framing says. Extensions of
 * chunks and trailers are read, checked and dropped. For one thread, but for {@link #atEnd}.
 */
public final class RequestBody extends InputStream {
  private static final int MAX_CHUNK_LINE = 256;

  /** Bytes around the chunks, which a client could send without end and without a body. */
  private static final int MAX_EXTENSIONS = 16 << 10;

  private static final int MAX_TRAILERS = 8 << 10;
  private static final int DROP = 16 << 10;

  private final Incoming in;
  private final Framing framing;
  private final Duration idle;
  private final Duration total;
  private final Runnable sendContinue;
  private Optional<Until> until = Optional.empty();
  private boolean continueOwed;
  private long left;
  private long extensions;
  private boolean firstChunk = true;
  private Optional<IOException> broken = Optional.empty();
  private volatile boolean atEnd;

  /**
   * A body of which nothing is read yet.
   *
   * @param continueOwed whether the client waits for {@code sendContinue}
   */
  RequestBody(
      Incoming in,
      Framing framing,
      Patience patience,
      boolean continueOwed,
      Runnable sendContinue) {
    this.in = in;
    this.framing = framing;
    this.idle = patience.bodyIdle();
    this.total = patience.body();
    this.continueOwed = continueOwed;
    this.sendContinue = sendContinue;
    this.left = framing instanceof Framing.Length length ? length.bytes() : 0;
    this.atEnd = framing instanceof Framing.None;
  }

  /** Whether all of it is read. */
  boolean atEnd() {
    return atEnd;
  }

  /**
   * Whether what is left of it can be read and dropped, so that the next request is found behind
   * it.
   *
   * @param most bytes worth dropping
   */
  boolean droppable(long most) {
    // A client that was not told to continue may send the body or the next request, and the bytes
    // do not tell which.
    return atEnd || (broken.isEmpty() && !continueOwed && left <= most);
  }

  /** Reads and drops the rest; false when it does not end within these bounds. */
  boolean drop(long most, Duration time) {
    if (!droppable(most)) {
      return false;
    }
    until = Optional.of(Until.in(time));
    byte[] some = new byte[DROP];
    long dropped = 0;
    try {
      while (!atEnd && dropped <= most) {
        dropped += Math.max(0, read(some, 0, some.length));
      }
    } catch (IOException e) {
      return false;
    }
    return atEnd;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (broken.isPresent()) {
      throw broken.get();
    }
    if (atEnd) {
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    if (continueOwed) {
      sendContinue.run();
      continueOwed = false;
    }
    long before = System.nanoTime();
    try {
      return readFramed(target, offset, length);
    } catch (Refusal e) {
      throw fail(new IOException(e.text(), e));
    } catch (TooSlow e) {
      throw fail(new TooSlow("the body did not come in time"));
    } catch (IOException e) {
      throw fail(e);
    } finally {
      // The time-outs above are for the client; the deadline of the request is for our work.
      Deadline.current().excuse(Duration.ofNanos(System.nanoTime() - before));
    }
  }

  private IOException fail(IOException e) {
    broken = Optional.of(e);
    return e;
  }

  private int readFramed(byte[] target, int offset, int length) throws IOException {
    if (left == 0 && framing instanceof Framing.Chunked) {
      beginChunk();
      if (atEnd) {
        return -1;
      }
    }
    int count = in.read(target, offset, (int) Math.min(length, left), soon());
    if (count < 0) {
      throw new ClientLeft("the connection ended before the body did");
    }
    left -= count;
    atEnd = left == 0 && framing instanceof Framing.Length;
    return count;
  }

  private Until soon() {
    Until end = until.orElseGet(() -> Until.in(total));
    until = Optional.of(end);
    return end.or(Until.in(idle));
  }

  private void beginChunk() throws IOException {
    if (!firstChunk) {
      line(0, "the data of a chunk is longer than its size says");
    }
    firstChunk = false;
    String line = line(MAX_CHUNK_LINE, "the line before a chunk is too long");
    int size = 0;
    while (size < line.length() && Character.digit(line.charAt(size), 16) >= 0) {
      size++;
    }
    if (size == 0 || size > 15 || !extension(line.substring(size))) {
      throw Refusal.malformed(
          "a chunk begins with '"
              + Refusal.shown(line)
              + "', expected its size in hexadecimal digits");
    }
    extensions += line.length() - size;
    if (extensions > MAX_EXTENSIONS) {
      throw Refusal.malformed("the extensions of chunks have more than 16 KB, send none");
    }
    left = Long.parseLong(line.substring(0, size), 16);
    if (left == 0) {
      dropTrailers();
      atEnd = true;
    }
  }

  private static boolean extension(String text) {
    String bare = HeadRules.trimmed(text);
    return text.isEmpty()
        || (bare.startsWith(";") && bare.chars().allMatch(c -> c >= ' ' || c == '\t'));
  }

  private void dropTrailers() throws IOException {
    int bytes = 0;
    while (true) {
      String trailer =
          line(Math.max(0, MAX_TRAILERS - bytes), "the trailers have more than 8 KB, send none");
      if (trailer.isEmpty()) {
        return;
      }
      HeadRules.field(trailer);
      bytes += trailer.length() + 2;
    }
  }

  private String line(int limit, String tooLong) throws IOException {
    return new HeadReader.Lines(in, soon()).next(limit, () -> Refusal.malformed(tooLong));
  }
}
