package io.elacsym.index.bm25.analysis;

import java.io.IOException;
import java.text.Normalizer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Makes one what people take for one spelling of a word, in every language and before anything else
 * is done with it.
 *
 * <ul>
 *   <li>An apostrophe is an apostrophe, typed or typeset.
 *   <li>A word has the Unicode normalization form NFKC: an accent may be a character of its own or
 *       not, and ligatures, full-width and half-width forms count as the plain ones.
 *   <li>Invisible characters inside of a word, such as the soft hyphen, do not count.
 * </ul>
 *
 * <p>Words are normalized one by one and not the text as a whole: the time that takes grows with
 * the square of the accents in a row, and a word has no more than 255 characters.
 */
final class Spelling {
  private static final char APOSTROPHE = '\'';

  private Spelling() {}

  /** A text in which every apostrophe is the typed one. Its length stays. */
  static String withPlainApostrophes(String text) {
    int first = 0;
    while (first < text.length() && !isApostrophe(text.charAt(first))) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    char[] characters = text.toCharArray();
    for (int i = first; i < characters.length; i++) {
      if (isApostrophe(characters[i])) {
        characters[i] = APOSTROPHE;
      }
    }
    return new String(characters);
  }

  /** Quotation marks, the letters for a glottal stop, and the full-width form. */
  private static boolean isApostrophe(char c) {
    return switch (c) {
      case '\u2018', '\u2019', '\u201b', '\u02bb', '\u02bc', '\uff07' -> true;
      default -> false;
    };
  }

  /** Soft hyphen, word joiner, byte-order mark. */
  private static boolean isInvisible(char c) {
    return c == '\u00ad' || c == '\u2060' || c == '\ufeff';
  }

  /** Normalizes words. */
  static TokenStream normalized(TokenStream words) {
    return new Normalized(words);
  }

  private static final class Normalized extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    Normalized(TokenStream in) {
      super(in);
    }

    @Override
    public boolean incrementToken() throws IOException {
      while (input.incrementToken()) {
        if (isAscii()) {
          return true;
        }
        removeInvisible();
        if (!Normalizer.isNormalized(term, Normalizer.Form.NFKC)) {
          String normal = Normalizer.normalize(term, Normalizer.Form.NFKC);
          term.setEmpty().append(normal);
        }
        if (!term.isEmpty()) {
          return true;
        }
      }
      return false;
    }

    private boolean isAscii() {
      char[] characters = term.buffer();
      for (int i = 0; i < term.length(); i++) {
        if (characters[i] >= 128) {
          return false;
        }
      }
      return true;
    }

    private void removeInvisible() {
      char[] characters = term.buffer();
      int kept = 0;
      for (int i = 0; i < term.length(); i++) {
        if (!isInvisible(characters[i])) {
          characters[kept++] = characters[i];
        }
      }
      term.setLength(kept);
    }
  }
}
