package io.elacsym.distribution.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.OptionalInt;

/**
 * Decodes a file without losing the bytes that cannot be decoded. Each of them becomes half a
 * surrogate pair, which no decoder makes otherwise: so a later check finds the place in a value,
 * and can name it. A byte-order mark is skipped. For one thread.
 */
final class StrictText extends Reader {
  private static final int BUFFER = 1 << 16;

  /** A byte {@code b} that cannot be decoded becomes this character plus {@code b}. */
  private static final char NO_TEXT = '\uDC00';

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
  private boolean first = true;
  private boolean ended;
  private boolean flushed;

  StrictText(InputStream in, Charset charset) {
    this.in = in;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /**
   * How many characters of a text from this reader come before the first byte that could not be
   * decoded; empty when there is none.
   */
  static OptionalInt firstBad(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  @Override
  public int read(char[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!chars.hasRemaining()) {
      if (flushed) {
        return -1;
      }
      fill();
    }
    int count = Math.min(length, chars.remaining());
    chars.get(to, offset, count);
    return count;
  }

  private void fill() throws IOException {
    chars.clear();
    boolean full = false;
    while (!full && !flushed && (chars.position() == 0 || bytes.hasRemaining())) {
      CoderResult result = decoder.decode(bytes, chars, ended);
      if (result.isError()) {
        full = chars.remaining() < result.length();
        for (int i = 0; !full && i < result.length(); i++) {
          chars.put((char) (NO_TEXT + (bytes.get() & 0xFF)));
        }
      } else if (result.isOverflow()) {
        full = true;
      } else if (ended) {
        flushed = decoder.flush(chars).isUnderflow();
        full = !flushed;
      } else if (chars.position() == 0) {
        more();
      } else {
        full = true;
      }
    }
    chars.flip();
    if (first && chars.hasRemaining()) {
      first = false;
      if (chars.get(chars.position()) == BYTE_ORDER_MARK) {
        chars.get();
      }
    }
  }

  private void more() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = read < 0;
    bytes.position(bytes.position() + Math.max(read, 0)).flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
