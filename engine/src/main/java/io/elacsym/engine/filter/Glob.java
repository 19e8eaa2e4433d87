package io.elacsym.engine.filter;

import io.elacsym.api.ElacsymException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Glob patterns as regular expressions of the JDK.
 *
 * <p>The stars cut a glob into pieces of fixed length. Taking each piece at the first place where
 * it fits never rules out a match, so every piece but the last is an atomic group: without, a glob
 * with many stars would try an exponential number of ways before it fails.
 */
final class Glob {
  private Glob() {}

  /**
   * @throws ElacsymException {@code INVALID_REQUEST} when a class is not closed or not valid
   */
  static Pattern compile(String glob) {
    try {
      return Pattern.compile(joined(pieces(glob)), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw ElacsymException.invalid("glob '" + glob + "' is not valid: " + e.getDescription());
    }
  }

  /** What stands between the stars, as regular expressions; one more than there are stars. */
  private static List<StringBuilder> pieces(String glob) {
    List<StringBuilder> pieces = new ArrayList<>();
    pieces.add(new StringBuilder());
    for (int i = 0; i < glob.length(); i++) {
      StringBuilder piece = pieces.getLast();
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> pieces.add(new StringBuilder());
        case '?' -> piece.append('.');
        case '\\' -> {
          if (++i == glob.length()) {
            throw ElacsymException.invalid("glob '" + glob + "' ends with a single \\");
          }
          quote(piece, glob.charAt(i));
        }
        case '[' -> i = characterClass(glob, i + 1, piece);
        default -> quote(piece, c);
      }
    }
    return pieces;
  }

  private static String joined(List<StringBuilder> pieces) {
    StringBuilder regex = new StringBuilder(pieces.getFirst());
    for (int i = 1; i < pieces.size() - 1; i++) {
      regex.append("(?>.*?").append(pieces.get(i)).append(')');
    }
    if (pieces.size() > 1) {
      regex.append(".*").append(pieces.getLast());
    }
    return regex.toString();
  }

  /** Appends the class that starts behind its bracket; returns where its closing bracket is. */
  private static int characterClass(String glob, int start, StringBuilder piece) {
    boolean not = glob.startsWith("!", start);
    int first = not ? start + 1 : start;
    // A closing bracket that comes first is a member.
    int end = glob.indexOf(']', first + 1);
    if (end < 0) {
      throw ElacsymException.invalid("glob '" + glob + "' has a [ without ]");
    }
    String members = glob.substring(first, end).replaceAll("([\\[\\]\\\\&^])", "\\\\$1");
    piece.append(not ? "[^" : "[").append(members).append(']');
    return end;
  }

  private static void quote(StringBuilder regex, char c) {
    if (!Character.isLetterOrDigit(c) && c < 128) {
      regex.append('\\');
    }
    regex.append(c);
  }
}
