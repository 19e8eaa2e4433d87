package io.elacsym.format.orc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.orc.OrcProto.StringStatistics;

/**
 * The least and the largest text, or where these are long, shorter bounds: whole texts would swell
 * the index.
 */
final class TextBounds {
  static final int MAX_BYTES = 64;

  private TextBounds() {}

  /** Empty when no short text is as large as the largest. */
  static Optional<StringStatistics> of(byte[] min, byte[] max) {
    StringStatistics.Builder bounds = StringStatistics.newBuilder();
    if (min.length <= MAX_BYTES) {
      bounds.setMinimum(new String(min, StandardCharsets.UTF_8));
    } else {
      bounds.setLowerBound(start(min));
    }
    if (max.length <= MAX_BYTES) {
      bounds.setMaximum(new String(max, StandardCharsets.UTF_8));
      return Optional.of(bounds.build());
    }
    return after(start(max)).map(upper -> bounds.setUpperBound(upper).build());
  }

  /** The first characters of a text, as many as are short. */
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

  /** Bounds of what has these bounds and what has those. */
  static StringStatistics merged(StringStatistics a, StringStatistics b) {
    StringStatistics.Builder merged = StringStatistics.newBuilder();
    int least = compare(least(a), least(b));
    StringStatistics lower = least < 0 || (least == 0 && a.hasMinimum()) ? a : b;
    if (lower.hasMinimum()) {
      merged.setMinimum(lower.getMinimum());
    } else {
      merged.setLowerBound(lower.getLowerBound());
    }
    int largest = compare(largest(a), largest(b));
    StringStatistics upper = largest > 0 || (largest == 0 && a.hasMaximum()) ? a : b;
    if (upper.hasMaximum()) {
      merged.setMaximum(upper.getMaximum());
    } else {
      merged.setUpperBound(upper.getUpperBound());
    }
    return merged.build();
  }

  private static String least(StringStatistics bounds) {
    return bounds.hasMinimum() ? bounds.getMinimum() : bounds.getLowerBound();
  }

  private static String largest(StringStatistics bounds) {
    return bounds.hasMaximum() ? bounds.getMaximum() : bounds.getUpperBound();
  }

  private static int compare(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
