package io.elacsym.engine.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Strings;

/**
 * A regular expression, matched in time that grows with the length of the text, times the length of
 * the program that it is: RE2/J follows all ways through it at once and never goes back, as
 * Thompson, "Regular expression search algorithm", 1968. For one thread.
 */
public final class Regex {
  /** A character may be looked at by each step of the program. */
  private static final int STEPS_BETWEEN_CHECKS = 1 << 20;

  private final Pattern pattern;
  private final int charsBetweenChecks;
  private int left;

  private Regex(Pattern pattern) {
    this.pattern = pattern;
    this.charsBetweenChecks = STEPS_BETWEEN_CHECKS / pattern.programSize();
    this.left = charsBetweenChecks;
  }

  /**
   * @throws ElacsymException {@code INVALID_REQUEST} when it is too long, becomes too long a
   *     program, or is none
   */
  public static Regex compile(String regex) {
    int length = regex.codePointCount(0, regex.length());
    if (length > Filter.MAX_REGEX_LENGTH) {
      throw invalid(
          regex, "has " + length + " characters, expected at most " + Filter.MAX_REGEX_LENGTH);
    }
    // Repeats within repeats multiply, and the library would build all of them.
    if (RegexSize.of(regex) > Filter.MAX_REGEX_STEPS) {
      throw tooManySteps(regex);
    }
    try {
      Pattern pattern = Pattern.compile(regex);
      if (pattern.programSize() > Filter.MAX_REGEX_STEPS) {
        throw tooManySteps(regex);
      }
      return new Regex(pattern);
    } catch (PatternSyntaxException e) {
      throw invalid(
          regex, "is none: " + e.getDescription() + " at '" + Strings.shown(e.getPattern()) + "'");
    }
  }

  private static ElacsymException tooManySteps(String regex) {
    return invalid(
        regex,
        "becomes a program of more than "
            + Filter.MAX_REGEX_STEPS
            + " steps; repeat less of it, or less often");
  }

  private static ElacsymException invalid(String regex, String why) {
    return ElacsymException.invalid("regular expression '" + Strings.shown(regex) + "' " + why);
  }

  /** Whether a part of a text matches. */
  boolean isIn(String text) {
    return pattern.matcher(new Watched(text)).find();
  }

  /** A text whose reader looks at the deadline now and then, however many texts there are. */
  private final class Watched implements CharSequence {
    private final String text;

    Watched(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        left = charsBetweenChecks;
        Deadline.check();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
