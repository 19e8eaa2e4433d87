package io.elacsym.api.index;

/**
 * How text becomes terms and how matches are weighed.
 *
 * @param language one of {@link TextIndexProvider#languages}
 * @param tokenizer how a text is cut
 * @param stemming whether words are reduced to their stems
 * @param removeStopwords whether the language's most common words are dropped
 * @param caseSensitive whether upper and lower case differ
 * @param asciiFolding whether letters lose what ASCII does not have, at the very end: é becomes e
 * @param maxTokenLength words of more characters are dropped, 1 to {@link #MAX_TOKEN_LENGTH}; with
 *     that no word is, but an index may cut longer ones into pieces
 * @param k1 BM25 term frequency saturation, more than 0
 * @param b BM25 length normalisation, 0 to 1
 */
public record TextAnalysis(
    String language,
    TextTokenizer tokenizer,
    boolean stemming,
    boolean removeStopwords,
    boolean caseSensitive,
    boolean asciiFolding,
    int maxTokenLength,
    double k1,
    double b) {
  /** The greatest {@code maxTokenLength}. */
  public static final int MAX_TOKEN_LENGTH = 255;

  /** English, stemmed, without stop words, any case; k1 1.2, b 0.75. */
  public static final TextAnalysis DEFAULT =
      new TextAnalysis("english", true, true, false, 1.2, 0.75);

  /** Words of any length, with all their accents. */
  public TextAnalysis(
      String language,
      boolean stemming,
      boolean removeStopwords,
      boolean caseSensitive,
      double k1,
      double b) {
    this(
        language,
        new TextTokenizer.Words(),
        stemming,
        removeStopwords,
        caseSensitive,
        false,
        MAX_TOKEN_LENGTH,
        k1,
        b);
  }

  /** The same for words as they are written: neither stemmed nor dropped. */
  public TextAnalysis ofWholeWords() {
    return new TextAnalysis(
        language, tokenizer, false, false, caseSensitive, asciiFolding, maxTokenLength, k1, b);
  }
}
