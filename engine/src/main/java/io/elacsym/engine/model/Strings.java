package io.elacsym.engine.model;

/** Which strings can be stored, and their order, the same in memory and on disk. */
public final class Strings {
  private static final int EXCERPT = 200;

  private Strings() {}

  /** Whether a string can be stored: UTF-8 has no bytes for half a surrogate pair. */
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /**
   * Compares by Unicode code point, which equals the order of the UTF-8 bytes. {@link
   * String#compareTo} differs from it for characters beyond the basic plane.
   */
  public static int compareCodePoints(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothPlain = !Character.isSurrogate(x) && !Character.isSurrogate(y);
        boolean bothSurrogate = Character.isSurrogate(x) && Character.isSurrogate(y);
        if (bothPlain || bothSurrogate) {
          return Character.compare(x, y);
        }
        return Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** The beginning of a text as messages quote it: whole characters, and not many. */
  public static String excerpt(String text) {
    if (text.length() <= EXCERPT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(EXCERPT - 1)) ? EXCERPT - 1 : EXCERPT;
    return text.substring(0, end) + "...";
  }
}
