package io.elacsym.distribution.transfer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Checks bytes that are passed on as they are. For one thread. */
final class Utf8 {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer chars = CharBuffer.allocate(1 << 13);

  /** How many characters stand before the first byte that is no UTF-8; empty when all is. */
  OptionalInt firstBad(byte[] text) {
    decoder.reset();
    ByteBuffer bytes = ByteBuffer.wrap(text);
    int passed = 0;
    while (true) {
      CoderResult result = decoder.decode(bytes, chars.clear(), true);
      passed += chars.position();
      if (result.isError()) {
        return OptionalInt.of(passed);
      }
      if (result.isUnderflow()) {
        return OptionalInt.empty();
      }
    }
  }
}
