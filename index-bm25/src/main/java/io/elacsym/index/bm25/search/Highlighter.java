package io.elacsym.index.bm25.search;

import io.elacsym.api.index.TextHighlight;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.index.bm25.analysis.LanguageAnalyzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.uhighlight.DefaultPassageFormatter;
import org.apache.lucene.search.uhighlight.LengthGoalBreakIterator;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;

/**
 * Shows where a text has what a clause finds, by Lucene's {@link UnifiedHighlighter}. The text is
 * analysed once more, so nothing has to be stored for it.
 */
public final class Highlighter {
  /** Where in a piece its first mark should be. */
  private static final float MIDDLE = 0.5f;

  /** What Lucene takes for the end of a value. */
  private static final char BETWEEN_VALUES = 0;

  private final LanguageAnalyzer analyzer;
  private final Runnable checkCancelled;

  /**
   * @param checkCancelled throws when the work should end
   */
  public Highlighter(LanguageAnalyzer analyzer, Runnable checkCancelled) {
    this.analyzer = analyzer;
    this.checkCancelled = checkCancelled;
  }

  /** The best pieces, in the order of the text. */
  public List<String> pieces(TextHighlight wanted, List<String> values) {
    String text = String.join(String.valueOf(BETWEEN_VALUES), values);
    Pieces pieces = new Pieces(wanted);
    try (Analyzer terms = analyzer.forOneThread(checkCancelled)) {
      Object found =
          UnifiedHighlighter.builderWithoutSearcher(terms)
              .withMaxLength(Integer.MAX_VALUE - 1)
              .withBreakIterator(() ->
                  LengthGoalBreakIterator.createClosestToLength(
                      BreakIterator.getWordInstance(Locale.ROOT), wanted.fragmentSize(), MIDDLE))
              .withMaxNoHighlightPassages(0)
              .withFormatter(pieces)
              .build()
              .highlightWithoutSearcher(
                  TextData.FIELD,
                  new Clauses(TextStatistics.NONE).query(wanted.clause()),
                  text,
                  wanted.fragments());
      return found == null ? List.of() : pieces.last;
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory", e);
    }
  }

  /** Lucene makes one text of all pieces, so it is asked for one at a time. */
  private static final class Pieces extends PassageFormatter {
    private final DefaultPassageFormatter single;
    private List<String> last = List.of();

    Pieces(TextHighlight wanted) {
      this.single =
          new DefaultPassageFormatter(wanted.before(), wanted.after(), "", wanted.escaping());
    }

    @Override
    public Object format(Passage[] passages, String content) {
      List<String> pieces = new ArrayList<>(passages.length);
      for (Passage passage : passages) {
        // White space around it, and what stands between values.
        pieces.add(single.format(new Passage[] {passage}, content).trim());
      }
      last = pieces;
      return pieces;
    }
  }
}
