package io.elacsym.server.helidon.json;

import java.io.CharConversionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lets only UTF-8 pass, as RFC 3629 has it: nothing overlong, no surrogates, nothing beyond the
 * last code point. Jackson is more tolerant, and two readers that read different texts out of the
 * same bytes can be played off against each other. For one thread.
 */
final class Utf8Input extends FilterInputStream {
  private long position;

  /** How many bytes of the character that has begun are missing. */
  private int missing;

  /** The least and the greatest value that the next of these bytes may have. */
  private int least = 0x80;

  private int most = 0xbf;

  Utf8Input(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    if (count < 0 && missing > 0) {
      throw new CharConversionException("the text ends within a character of UTF-8");
    }
    for (int i = offset; i < offset + count; i++) {
      byte next = buffer[i];
      if (missing > 0 || next < 0) {
        check(next & 0xff, position + i - offset);
      }
    }
    position += Math.max(0, count);
    return count;
  }

  private void check(int next, long at) throws IOException {
    if (missing > 0) {
      if (next < least || next > most) {
        throw wrong(next, at);
      }
      missing--;
      least = 0x80;
      most = 0xbf;
      return;
    }
    if (next >= 0xc2 && next <= 0xdf) {
      missing = 1;
    } else if (next >= 0xe0 && next <= 0xef) {
      missing = 2;
      least = next == 0xe0 ? 0xa0 : 0x80;
      most = next == 0xed ? 0x9f : 0xbf;
    } else if (next >= 0xf0 && next <= 0xf4) {
      missing = 3;
      least = next == 0xf0 ? 0x90 : 0x80;
      most = next == 0xf4 ? 0x8f : 0xbf;
    } else {
      throw wrong(next, at);
    }
  }

  private static CharConversionException wrong(int next, long at) {
    return new CharConversionException(
        "byte %d is 0x%02x, which is no UTF-8 there".formatted(at, next));
  }
}
