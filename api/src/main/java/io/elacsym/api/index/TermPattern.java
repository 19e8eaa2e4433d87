package io.elacsym.api.index;

/** Which terms are meant, where a query does not spell them out. */
public sealed interface TermPattern {
  /**
   * Terms that begin with something. Each has the weight 1.
   *
   * @param prefix not empty
   */
  record Prefix(String prefix) implements TermPattern {}

  /**
   * Terms that differ by a few edits at most, each of which inserts, removes or replaces a
   * character or exchanges two neighbours (optimal string alignment, in code points). The weight is
   * 1 minus edits divided by the length of the shorter of the two; a term for which that is not
   * more than 0 is not meant.
   *
   * @param term not empty
   * @param edits 0 to {@link #MAX_EDITS}
   * @param exactPrefix so many first characters must be the same
   */
  record Fuzzy(String term, int edits, int exactPrefix) implements TermPattern {
    public static final int MAX_EDITS = 2;
  }
}
