package io.elacsym.engine.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What a mistyped word may have meant. */
public final class Suggestion {
  private static final int MOST_SHOWN = 20;

  private Suggestion() {}

  /** The end of a message about an unknown word: the nearest known one, or all of them. */
  public static String of(String word, Collection<String> known) {
    return nearest(word, known).orElseGet(() -> list(known));
  }

  /** What was expected in the place of an unknown word: all known ones, and the nearest of them. */
  public static String expected(String word, Collection<String> known) {
    return "expected one of " + String.join(", ", known) + nearest(word, known).orElse("");
  }

  private static Optional<String> nearest(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(candidate -> distance(lower, candidate) <= tolerated(word))
        .min(Comparator.comparingInt(candidate -> distance(lower, candidate)))
        .or(() ->
            known.stream()
                .filter(candidate -> beginAlike(lower, candidate.toLowerCase(Locale.ROOT)))
                .max(Comparator.comparingInt(String::length)))
        .map(nearest -> "; did you mean '" + nearest + "'?");
  }

  /** Whether one is the beginning of the other, as of {@code int} and {@code integer}. */
  private static boolean beginAlike(String a, String b) {
    return Math.min(a.length(), b.length()) >= 2 && (a.startsWith(b) || b.startsWith(a));
  }

  /**
   * How many edits count as a mistake in typing. Two swapped letters are two edits, so two must be
   * allowed; in a very short word two edits would make another word.
   */
  private static int tolerated(String word) {
    return word.length() <= 3 ? 1 : Math.max(2, word.length() / 3);
  }

  private static String list(Collection<String> known) {
    if (known.isEmpty()) {
      return "; there are none";
    }
    String shown = String.join(", ", known.stream().limit(MOST_SHOWN).toList());
    return "; known are " + shown + (known.size() > MOST_SHOWN ? ", ..." : "");
  }

  /** Levenshtein's edit distance, with the two-row table of Wagner and Fischer. */
  private static int distance(String a, String candidate) {
    String b = candidate.toLowerCase(Locale.ROOT);
    if (Math.abs(a.length() - b.length()) > 8 || a.length() > 128) {
      return Integer.MAX_VALUE;
    }
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(swap, Math.min(before[j], row[j - 1]) + 1);
      }
      before = row;
    }
    return before[b.length()];
  }
}
