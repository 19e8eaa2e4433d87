package io.elacsym.distribution.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Breaks long lines between words. Text in quotes counts as one word and is not broken. */
public final class Words {
  /** Text up to a space outside of quotes; an apostrophe inside of a word opens no quote. */
  private static final Pattern WORD =
      Pattern.compile("(?:(?<![^\\s=(])'[^']*'|(?<![^\\s=(])\"[^\"]*\"|\\S)+");

  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[\\d;]*m");

  private Words() {}

  /**
   * The lines of a text. A word that is longer than a line has one of its own and sticks out.
   *
   * @param text without line ends; spaces at its beginning and between its words stay as they are
   * @param width most columns of a line
   * @param indent what stands before each line but the first
   * @param continued what stands at the end of each line but the last
   */
  public static List<String> wrap(String text, int width, String indent, String continued) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int last = 0;
    boolean empty = true;
    var words = WORD.matcher(text);
    while (words.find()) {
      String space = text.substring(last, words.start());
      last = words.end();
      int end = words.end() == text.length() ? 0 : continued.length();
      if (!empty && columns(line) + columns(space + words.group()) + end > width) {
        lines.add(line + continued);
        line = new StringBuilder(indent);
        space = "";
      }
      line.append(space).append(words.group());
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  /** How wide a text is; colours take no place. */
  private static int columns(CharSequence text) {
    return COLOUR.matcher(text).replaceAll("").length();
  }
}
