package io.elacsym.distribution.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Lines as bytes: most of an import is copying them, and text would cost twice as much. */
final class LineReader implements Lines {
  private static final int FIRST_BUFFER = 1 << 18;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int start;
  private int end;
  private boolean first = true;

  LineReader(InputStream in) {
    this.in = in;
  }

  @Override
  public Optional<byte[]> next() throws IOException {
    int searched = start;
    while (true) {
      for (int i = searched; i < end; i++) {
        if (buffer[i] == '\n') {
          byte[] line = line(i);
          start = i + 1;
          return Optional.of(line);
        }
      }
      int kept = end - start;
      if (!fill()) {
        if (kept == 0) {
          return Optional.empty();
        }
        byte[] line = line(end);
        start = end;
        return Optional.of(line);
      }
      searched = start + kept;
    }
  }

  /** All that is left, whatever its lines. */
  byte[] rest() throws IOException {
    while (fill()) {
      // Each call makes the buffer larger until the file ends.
    }
    byte[] rest = line(end);
    start = end;
    return rest;
  }

  private byte[] line(int lineEnd) {
    int from = start;
    if (first) {
      first = false;
      boolean marked =
          lineEnd - from >= BYTE_ORDER_MARK.length
              && Arrays.equals(buffer, from, from + 3, BYTE_ORDER_MARK, 0, 3);
      from += marked ? BYTE_ORDER_MARK.length : 0;
    }
    int to = lineEnd > from && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    return Arrays.copyOfRange(buffer, from, to);
  }

  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.multiplyExact(buffer.length, 2));
    }
    int read = in.read(buffer, end, buffer.length - end);
    end += Math.max(read, 0);
    return read >= 0;
  }
}
