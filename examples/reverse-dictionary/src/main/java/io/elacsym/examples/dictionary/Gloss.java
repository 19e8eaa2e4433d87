package io.elacsym.examples.dictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A WordNet gloss taken apart: what the word means, and the sentences that show its use.
 *
 * @param definition the meaning, without the quoted sentences; blank only if the gloss was blank
 * @param examples the quoted sentences in their order, without the quotes; may be empty
 */
record Gloss(String definition, List<String> examples) {

  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern EMPTY_CLAUSES = Pattern.compile("([;:,]\\s*){2,}");
  private static final Pattern EDGES = Pattern.compile("^[\\s;:,]+|[\\s;:,]+$");

  /** Who is quoted: {@code "his sorrow made him look haggard"- George du Maurier}. */
  private static final Pattern ATTRIBUTION = Pattern.compile("\\s*-+\\s*[^;\"]*");

  Gloss {
    examples = List.copyOf(examples);
  }

  /**
   * Splits the text of a gloss such as {@code draw air into the lungs; "I can breathe better"}.
   *
   * <p>Quotation marks also occur inside definitions ({@code as in "carrot and stick"}). A
   * quotation is an example only where a clause begins: at the start, or after a semicolon, colon
   * or comma.
   */
  static Gloss parse(String text) {
    StringBuilder definition = new StringBuilder();
    List<String> examples = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) != '"') {
        definition.append(text.charAt(at));
        at++;
        continue;
      }
      int close = text.indexOf('"', at + 1);
      int end = close < 0 ? text.length() : close;
      int next = Math.min(end + 1, text.length());
      if (beginsClause(definition)) {
        examples.add(text.substring(at + 1, end).strip());
        at = afterAttribution(text, next);
      } else {
        definition.append(text, at, next);
        at = next;
      }
    }
    examples.removeIf(String::isEmpty);
    String cleaned = withoutEmptyClauses(definition);
    return cleaned.isEmpty() ? new Gloss(text.strip(), List.of()) : new Gloss(cleaned, examples);
  }

  private static boolean beginsClause(CharSequence before) {
    int last = before.length() - 1;
    while (last >= 0 && Character.isWhitespace(before.charAt(last))) {
      last--;
    }
    return last < 0 || ";:,".indexOf(before.charAt(last)) >= 0;
  }

  private static int afterAttribution(String text, int at) {
    var attribution = ATTRIBUTION.matcher(text).region(at, text.length());
    return attribution.lookingAt() ? attribution.end() : at;
  }

  /** Taking the examples out leaves their separators: {@code "a; b; ; "} becomes {@code "a; b"}. */
  private static String withoutEmptyClauses(CharSequence definition) {
    String spaced = SPACES.matcher(definition).replaceAll(" ");
    return EDGES.matcher(EMPTY_CLAUSES.matcher(spaced).replaceAll("; ")).replaceAll("");
  }
}
