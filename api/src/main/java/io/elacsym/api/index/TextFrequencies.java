package io.elacsym.api.index;

import java.util.List;

/**
 * What the scores of some rows are made of.
 *
 * @param counts for each clause that was asked for, how often each row has it: a phrase as often as
 *     {@link TextClause.Phrase} says, and 0 where it is not found
 * @param lengths how many terms each row has, rounded as they are for its scores; 0 for a row
 *     without text
 */
public record TextFrequencies(List<float[]> counts, int[] lengths) {
  public TextFrequencies {
    counts = List.copyOf(counts);
  }
}
