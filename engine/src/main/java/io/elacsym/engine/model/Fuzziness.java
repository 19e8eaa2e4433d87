package io.elacsym.engine.model;

import java.util.OptionalInt;

/**
 * How far a term may differ from a word.
 *
 * @param edits characters inserted, removed, replaced, or exchanged with a neighbour, 0 to 2; empty
 *     for as many as the length of the word makes sensible: none up to 2 characters, 1 up to 5, 2
 *     beyond
 * @param exactPrefix so many characters at the beginning must be the same, 0 to {@link
 *     #MAX_EXACT_PREFIX}
 * @param expansions how many terms the word stands for at most, the nearest first; 1 to {@link
 *     Expansion#MAX}
 */
public record Fuzziness(OptionalInt edits, int exactPrefix, int expansions) {
  public static final int MAX_EXACT_PREFIX = 255;

  /** As many edits as the length of a word makes sensible. */
  public static final Fuzziness AUTO = new Fuzziness(OptionalInt.empty(), 0, Expansion.DEFAULT);

  /** How many edits for one term. */
  public int edits(String term) {
    int length = term.codePointCount(0, term.length());
    return edits.orElse(length <= 2 ? 0 : length <= 5 ? 1 : 2);
  }
}
