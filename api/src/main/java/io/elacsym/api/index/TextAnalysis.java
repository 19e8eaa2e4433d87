package io.elacsym.api.index;

/**
 * How text becomes terms and how matches are weighed.
 *
 * @param language one of {@link TextIndexProvider#languages}
 * @param stemming whether words are reduced to their stems
 * @param removeStopwords whether the language's most common words are dropped
 * @param caseSensitive whether upper and lower case differ
 * @param k1 BM25 term frequency saturation, more than 0
 * @param b BM25 length normalisation, 0 to 1
 */
public record TextAnalysis(
    String language,
    boolean stemming,
    boolean removeStopwords,
    boolean caseSensitive,
    double k1,
    double b) {
  /** English, stemmed, without stop words, any case; k1 1.2, b 0.75. */
  public static final TextAnalysis DEFAULT =
      new TextAnalysis("english", true, true, false, 1.2, 0.75);
}
