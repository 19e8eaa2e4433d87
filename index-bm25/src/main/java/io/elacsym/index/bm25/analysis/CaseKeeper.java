package io.elacsym.index.bm25.analysis;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Lets stop words be looked up in lower case although the terms keep their case: {@link #keep}
 * remembers each word before it is lower-cased, {@link #restore} brings it back after the look-up.
 *
 * <p>Works because the steps in between handle one word at a time: those dropped never reach {@link
 * #restore}, and the one that does is the last one kept.
 */
final class CaseKeeper {
  private char[] word = new char[32];
  private int length;

  TokenStream keep(TokenStream in) {
    return new Keep(in);
  }

  TokenStream restore(TokenStream in) {
    return new Restore(in);
  }

  private final class Keep extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    Keep(TokenStream in) {
      super(in);
    }

    @Override
    public boolean incrementToken() throws IOException {
      if (!input.incrementToken()) {
        return false;
      }
      length = term.length();
      if (word.length < length) {
        word = new char[2 * length];
      }
      System.arraycopy(term.buffer(), 0, word, 0, length);
      return true;
    }
  }

  private final class Restore extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    Restore(TokenStream in) {
      super(in);
    }

    @Override
    public boolean incrementToken() throws IOException {
      if (!input.incrementToken()) {
        return false;
      }
      term.copyBuffer(word, 0, length);
      return true;
    }
  }
}
