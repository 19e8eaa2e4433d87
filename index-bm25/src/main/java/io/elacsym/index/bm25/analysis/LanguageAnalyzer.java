package io.elacsym.index.bm25.analysis;

import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.api.index.TextToken;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Analyzer.TokenStreamComponents;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of a text as {@link Cut} makes them, in one {@link Spelling}, then the steps of a {@link
 * Language} that are switched on. A change of what terms come out needs another {@link #FEATURE}.
 *
 * <p>With case-sensitive terms, stop words are still recognised in any case ("The" is as common as
 * "the"), and the stemmer sees words as they are written: stemmers know lower-case endings only, so
 * "RUNNING" stays whole.
 */
public final class LanguageAnalyzer implements TextAnalyzer {
  /**
   * The version of the analysis, as a feature of the encoding of what is stored. Before 2 there was
   * none, and spellings were taken as they came; before 3 each Chinese character was a term.
   */
  public static final String FEATURE = "analysis-3";

  /** That and the earlier ones. */
  public static final Set<String> KNOWN_FEATURES = Set.of("analysis-2", FEATURE);

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
   * @param checkCancelled throws when {@link #tokens} should end
   */
  public LanguageAnalyzer(TextAnalysis analysis, Runnable checkCancelled) {
    this.checkCancelled = checkCancelled;
    this.language = Language.of(analysis.language());
    this.analysis = analysis;
  }

  @Override
  public List<TextToken> tokens(String text) {
    List<TextToken> tokens = new ArrayList<>();
    forEachToken(
        text,
        token -> {
          if (tokens.size() % TERMS_BETWEEN_CHECKS == 0) {
            checkCancelled.run();
          }
          tokens.add(token);
        });
    return tokens;
  }

  /** Hands over the tokens one by one, in their order. */
  public void forEachToken(String text, Consumer<TextToken> to) {
    Chain idleChain = idle.poll();
    Chain chain = idleChain == null ? new Chain() : idleChain;
    chain.run(text, to);
    // Not in a finally: a chain that failed half-way is not used again.
    idle.offer(chain);
  }

  /**
   * The same steps as Lucene's own tools take them. For one thread and one text after the other,
   * because Lucene would keep a chain for each of the many threads there are.
   *
   * @param checkCancelled throws when an analysis should end
   */
  public Analyzer forOneThread(Runnable checkCancelled) {
    return new Analyzer(new OneChain()) {
      @Override
      protected TokenStreamComponents createComponents(String field) {
        Tokenizer tokenizer = Cut.by(analysis.tokenizer());
        return new TokenStreamComponents(tokenizer, new Checking(steps(tokenizer), checkCancelled));
      }

      // Of as many characters as before, so that places in it stay.
      @Override
      protected Reader initReader(String field, Reader text) {
        try {
          StringWriter read = new StringWriter();
          text.transferTo(read);
          return new StringReader(Spelling.withPlainApostrophes(read.toString()));
        } catch (IOException e) {
          throw new UncheckedIOException("text in memory", e);
        }
      }

      @Override
      public int getPositionIncrementGap(String field) {
        return TextIndexWriter.GAP;
      }
    };
  }

  private static final class OneChain extends Analyzer.ReuseStrategy {
    private @Nullable TokenStreamComponents chain;

    @Override
    public @Nullable TokenStreamComponents getReusableComponents(Analyzer analyzer, String field) {
      return chain;
    }

    @Override
    public void setReusableComponents(
        Analyzer analyzer, String field, TokenStreamComponents components) {
      chain = components;
    }
  }

  private static final class Checking extends TokenFilter {
    private final Runnable checkCancelled;
    private int terms;

    Checking(TokenStream terms, Runnable checkCancelled) {
      super(terms);
      this.checkCancelled = checkCancelled;
    }

    @Override
    public boolean incrementToken() throws IOException {
      if (terms++ % TERMS_BETWEEN_CHECKS == 0) {
        checkCancelled.run();
      }
      return input.incrementToken();
    }
  }

  /** One instance of all steps; for one thread at a time. */
  private final class Chain {
    private final Tokenizer tokenizer = Cut.by(analysis.tokenizer());
    private final TokenStream terms = steps(tokenizer);
    private final CharTermAttribute term = terms.getAttribute(CharTermAttribute.class);
    private final OffsetAttribute offsets = terms.addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute increment =
        terms.addAttribute(PositionIncrementAttribute.class);

    void run(String text, Consumer<TextToken> to) {
      try {
        tokenizer.setReader(new StringReader(Spelling.withPlainApostrophes(text)));
        terms.reset();
        int position = -1;
        while (terms.incrementToken()) {
          position += increment.getPositionIncrement();
          to.accept(
              new TextToken(term.toString(), position, offsets.startOffset(), offsets.endOffset()));
        }
        terms.end();
        terms.close();
      } catch (IOException e) {
        throw new UncheckedIOException("text in memory", e);
      }
    }
  }

  private TokenStream steps(Tokenizer tokenizer) {
    // Before words are normalized, which takes the longer the longer they are.
    TokenStream pieces = new LengthFilter(tokenizer, 1, analysis.maxTokenLength());
    // Only characters that the tokenizer of words has told to be of such a script are paired.
    TokenStream words =
        language.cutAffixes().apply(new CJKBigramFilter(Spelling.normalized(pieces)));
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
    words = analysis.stemming() ? language.stem().apply(words) : words;
    return analysis.asciiFolding() ? new ASCIIFoldingFilter(words) : words;
  }

  private TokenStream lowerCase(TokenStream words) {
    return language.fold().apply(language.lowerCase().apply(words));
  }

  private TokenStream withoutStopWords(TokenStream words) {
    return new StopFilter(words, language.stopWords());
  }
}
