package io.elacsym.engine.filter;

import io.elacsym.api.ElacsymException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Glob patterns as regular expressions of the JDK. */
final class Glob {
  private Glob() {}

  /**
   * @throws ElacsymException {@code INVALID_REQUEST} when a class is not closed or not valid
   */
  static Pattern compile(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '\\' -> {
          if (++i == glob.length()) {
            throw ElacsymException.invalid("glob '" + glob + "' ends with a single \\");
          }
          quote(regex, glob.charAt(i));
        }
        case '[' -> {
          int end = glob.indexOf(']', i + 2);
          if (end < 0) {
            throw ElacsymException.invalid("glob '" + glob + "' has a [ without ]");
          }
          boolean not = glob.charAt(i + 1) == '!';
          String members = glob.substring(not ? i + 2 : i + 1, end);
          regex.append(not ? "[^" : "[");
          regex.append(members.replaceAll("([\\[\\]\\\\&^])", "\\\\$1")).append(']');
          i = end;
        }
        default -> quote(regex, c);
      }
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw ElacsymException.invalid("glob '" + glob + "' is not valid: " + e.getDescription());
    }
  }

  private static void quote(StringBuilder regex, char c) {
    if (!Character.isLetterOrDigit(c) && c < 128) {
      regex.append('\\');
    }
    regex.append(c);
  }
}
