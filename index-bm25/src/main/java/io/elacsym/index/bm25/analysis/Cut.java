package io.elacsym.index.bm25.analysis;

import io.elacsym.api.index.TextTokenizer;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Lucene's tokenizer for each of ours. Words longer than 255 characters, and what is as long
 * between white space, are cut into pieces.
 */
final class Cut {
  private Cut() {}

  static Tokenizer by(TextTokenizer tokenizer) {
    return switch (tokenizer) {
      case TextTokenizer.Words words -> new StandardTokenizer();
      case TextTokenizer.Whitespace whitespace -> new WhitespaceTokenizer();
      case TextTokenizer.Keyword keyword -> new KeywordTokenizer();
      case TextTokenizer.Ngrams ngrams ->
          new NGramTokenizer(ngrams.shortest(), ngrams.longest()) {
            @Override
            protected boolean isTokenChar(int character) {
              return !Character.isWhitespace(character);
            }
          };
    };
  }
}
