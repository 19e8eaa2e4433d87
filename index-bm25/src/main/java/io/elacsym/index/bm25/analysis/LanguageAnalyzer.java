package io.elacsym.index.bm25.analysis;

import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextAnalyzer;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Words by the Unicode rules (UAX #29), in one {@link Spelling}, then the steps of a {@link
 * Language} that are switched on. A change of what terms come out needs another {@link #FEATURE}.
 *
 * <p>With case-sensitive terms, stop words are still recognised in any case ("The" is as common as
 * "the"), and the stemmer sees words as they are written: stemmers know lower-case endings only, so
 * "RUNNING" stays whole. Words longer than 255 characters are cut into pieces.
 */
public final class LanguageAnalyzer implements TextAnalyzer {
  /**
   * The version of the analysis, as a feature of the encoding of what is stored. Before 2 there was
   * none, and spellings were taken as they came.
   */
  public static final String FEATURE = "analysis-2";

  /** More chains than that are never kept; a chain is some 20 KB. */
  private static final int KEPT_CHAINS = 16;

  private static final int TERMS_BETWEEN_CHECKS = 1 << 12;

  private final Language language;
  private final TextAnalysis analysis;
  private final Runnable checkCancelled;

  /** Not per thread, as Lucene keeps them: every request may have a virtual thread of its own. */
  private final ArrayBlockingQueue<Chain> idle = new ArrayBlockingQueue<>(KEPT_CHAINS);

  public LanguageAnalyzer(TextAnalysis analysis) {
    this(analysis, () -> {});
  }

  /**
   * @param checkCancelled throws when {@link #terms} should end
   */
  public LanguageAnalyzer(TextAnalysis analysis, Runnable checkCancelled) {
    this.checkCancelled = checkCancelled;
    this.language = Language.of(analysis.language());
    this.analysis = analysis;
  }

  @Override
  public List<String> terms(String text) {
    List<String> terms = new ArrayList<>();
    forEachTerm(
        text,
        term -> {
          if (terms.size() % TERMS_BETWEEN_CHECKS == 0) {
            checkCancelled.run();
          }
          terms.add(term);
        });
    return terms;
  }

  /** Hands over the terms one by one, in their order. */
  public void forEachTerm(String text, Consumer<String> to) {
    Chain idleChain = idle.poll();
    Chain chain = idleChain == null ? new Chain() : idleChain;
    chain.run(text, to);
    // Not in a finally: a chain that failed half-way is not used again.
    idle.offer(chain);
  }

  /** One instance of all steps; for one thread at a time. */
  private final class Chain {
    private final Tokenizer tokenizer = new StandardTokenizer();
    private final TokenStream terms = steps(tokenizer);
    private final CharTermAttribute term = terms.getAttribute(CharTermAttribute.class);

    void run(String text, Consumer<String> to) {
      try {
        tokenizer.setReader(new StringReader(Spelling.withPlainApostrophes(text)));
        terms.reset();
        while (terms.incrementToken()) {
          to.accept(term.toString());
        }
        terms.end();
        terms.close();
      } catch (IOException e) {
        throw new UncheckedIOException("text in memory", e);
      }
    }
  }

  private TokenStream steps(Tokenizer tokenizer) {
    TokenStream words = language.cutAffixes().apply(Spelling.normalized(tokenizer));
    if (analysis.caseSensitive()) {
      if (analysis.removeStopwords()) {
        CaseKeeper keeper = new CaseKeeper();
        words = keeper.restore(withoutStopWords(lowerCase(keeper.keep(words))));
      }
      words = language.fold().apply(words);
    } else {
      words = lowerCase(words);
      if (analysis.removeStopwords()) {
        words = withoutStopWords(words);
      }
    }
    words = language.foldLate().apply(words);
    return analysis.stemming() ? language.stem().apply(words) : words;
  }

  private TokenStream lowerCase(TokenStream words) {
    return language.fold().apply(language.lowerCase().apply(words));
  }

  private TokenStream withoutStopWords(TokenStream words) {
    return new StopFilter(words, language.stopWords());
  }
}
