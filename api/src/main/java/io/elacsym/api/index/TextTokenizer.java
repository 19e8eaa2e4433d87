package io.elacsym.api.index;

/** How a text is cut, before anything else is done with it. */
public sealed interface TextTokenizer {
  /** Longest piece of a word that {@link Ngrams} makes. */
  int MAX_NGRAM = 20;

  /** What it is called in schemas. */
  String id();

  /**
   * Words by the rules of Unicode (UAX #29). Of scripts that are written without spaces (Chinese,
   * Japanese, Korean) each two neighbouring characters are a term, and an emoji is one.
   */
  record Words() implements TextTokenizer {
    public static final String ID = "word";

    @Override
    public String id() {
      return ID;
    }
  }

  /** What lies between white space, as it is. */
  record Whitespace() implements TextTokenizer {
    public static final String ID = "whitespace";

    @Override
    public String id() {
      return ID;
    }
  }

  /** The text as a whole. */
  record Keyword() implements TextTokenizer {
    public static final String ID = "keyword";

    @Override
    public String id() {
      return ID;
    }
  }

  /**
   * All pieces of what lies between white space.
   *
   * @param shortest in characters, from 1
   * @param longest in characters, from {@code shortest} to {@link #MAX_NGRAM}
   */
  record Ngrams(int shortest, int longest) implements TextTokenizer {
    public static final String ID = "ngram";

    @Override
    public String id() {
      return ID;
    }
  }
}
