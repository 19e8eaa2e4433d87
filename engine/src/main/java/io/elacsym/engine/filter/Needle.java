package io.elacsym.engine.filter;

import io.elacsym.engine.model.Deadline;

/**
 * Finds one string in others, in time that grows with the sum of both lengths: {@link
 * String#indexOf} takes their product where text and needle repeat themselves. Long needles are
 * searched as by Knuth, Morris and Pratt, "Fast pattern matching in strings", 1977. Immutable.
 */
final class Needle {
  /** Below that the plain search of the JDK, which looks at many characters at once, is as good. */
  private static final int SHORT = 16;

  private static final int CHARS_BETWEEN_CHECKS = 1 << 16;

  private final String needle;

  /**
   * {@code border[i]} is the length of the longest proper prefix of the needle that ends at {@code
   * i}; empty for a short needle.
   */
  private final int[] border;

  Needle(String needle) {
    this.needle = needle;
    this.border = needle.length() <= SHORT ? new int[0] : borders(needle);
  }

  private static int[] borders(String needle) {
    int[] border = new int[needle.length()];
    int length = 0;
    for (int i = 1; i < needle.length(); i++) {
      while (length > 0 && needle.charAt(i) != needle.charAt(length)) {
        length = border[length - 1];
      }
      if (needle.charAt(i) == needle.charAt(length)) {
        length++;
      }
      border[i] = length;
    }
    return border;
  }

  /** Where the needle begins in a text for the first time, from an index on; -1 when nowhere. */
  int find(String text, int from) {
    if (border.length == 0) {
      return text.indexOf(needle, from);
    }
    int matched = 0;
    for (int i = from; i < text.length(); i++) {
      if ((i & (CHARS_BETWEEN_CHECKS - 1)) == 0) {
        Deadline.check();
      }
      char c = text.charAt(i);
      while (matched > 0 && c != needle.charAt(matched)) {
        matched = border[matched - 1];
      }
      if (c == needle.charAt(matched)) {
        matched++;
      }
      if (matched == needle.length()) {
        return i + 1 - matched;
      }
    }
    return -1;
  }

  boolean isIn(String text) {
    return find(text, 0) >= 0;
  }
}
