package io.elacsym.format.orc.write;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.orc.OrcProto.StringStatistics;

/**
 * Bounds of texts that are short. The library keeps up to 1024 bytes of the least and the largest
 * text of every row group, which would swell the index of a column of long texts.
 */
final class TextBounds {
  static final int MAX_BYTES = 64;

  private TextBounds() {}

  /**
   * The same with shorter bounds in place of long ones.
   *
   * @return empty when no short text is as large as the largest
   */
  static Optional<StringStatistics> shortened(StringStatistics texts) {
    StringStatistics.Builder bounds = texts.toBuilder();
    byte[] least = utf8(texts.hasMinimum() ? texts.getMinimum() : texts.getLowerBound());
    if (least.length > MAX_BYTES) {
      bounds.clearMinimum().setLowerBound(start(least));
    }
    byte[] largest = utf8(texts.hasMaximum() ? texts.getMaximum() : texts.getUpperBound());
    if (largest.length <= MAX_BYTES) {
      return Optional.of(bounds.build());
    }
    return after(start(largest)).map(upper -> bounds.clearMaximum().setUpperBound(upper).build());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The first characters of a long text, as many as are short. */
  private static String start(byte[] text) {
    int end = MAX_BYTES;
    while ((text[end] & 0xc0) == 0x80) {
      end--;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }

  /** A text that is larger than each that begins with {@code start}, and no longer. */
  private static Optional<String> after(String start) {
    int end = start.length();
    while (end > 0) {
      int last = start.codePointBefore(end);
      end -= Character.charCount(last);
      Optional<Integer> next = next(last);
      if (next.isPresent()) {
        return Optional.of(start.substring(0, end) + Character.toString(next.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Integer> next(int codePoint) {
    return switch (codePoint) {
      case Character.MAX_CODE_POINT -> Optional.empty();
      case Character.MIN_SURROGATE - 1 -> Optional.of(Character.MAX_SURROGATE + 1);
      default -> Optional.of(codePoint + 1);
    };
  }
}
