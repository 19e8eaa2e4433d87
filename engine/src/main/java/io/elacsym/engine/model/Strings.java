package io.elacsym.engine.model;

/** Which strings can be stored, and their order, the same in memory and on disk. */
public final class Strings {
  /** Most bytes of a string that is stored, in UTF-8. */
  public static final int MAX_BYTES = 8 << 20;

  /** Most characters of an input that a message repeats. */
  public static final int MAX_SHOWN = 200;

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

  /** An input as a message may repeat it: not too long, and whole characters only. */
  public static String shown(String text) {
    return shown(text, MAX_SHOWN);
  }

  /**
   * The first characters of a text, and an ellipsis if there are more. Halves of surrogate pairs
   * are escaped, because no encoding has bytes for them.
   *
   * @param most about how many characters
   */
  public static String shown(String text, int most) {
    StringBuilder shown = new StringBuilder();
    int at = 0;
    int count = 0;
    while (at < text.length() && count < most) {
      int character = text.codePointAt(at);
      if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
        String escaped = "\\u%04x".formatted(character);
        shown.append(escaped);
        count += escaped.length();
      } else {
        shown.appendCodePoint(character);
        count++;
      }
      at += Character.charCount(character);
    }
    return at < text.length() ? shown.append("...").toString() : shown.toString();
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
}
