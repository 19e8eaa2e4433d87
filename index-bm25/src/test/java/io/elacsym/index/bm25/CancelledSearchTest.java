package io.elacsym.index.bm25;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextQuery;
import io.elacsym.tck.TestContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever is asked of an index ends when the host says so, and the next question is answered. */
class CancelledSearchTest {
  private static final int ROWS = 70_000;

  private final AtomicBoolean cancelled = new AtomicBoolean();

  /** How often an index may still ask before it is cancelled. */
  private final AtomicInteger patience = new AtomicInteger(Integer.MAX_VALUE);

  private final TestContext context =
      TestContext.of(Corpus.PROVIDER)
          .cancelledWhen(() -> cancelled.get() || patience.getAndDecrement() <= 0);

  private static Corpus corpus() {
    Map<Integer, List<String>> rows = new TreeMap<>();
    for (int row = 0; row < ROWS; row++) {
      rows.put(row, List.of("common word" + row % 100 + " rare" + row));
    }
    return new Corpus(ROWS, rows);
  }

  private void ends(TextIndexReader index) {
    List<String> terms = List.of("common", "word1");
    RowSet all = RowSet.all(ROWS);
    TextQuery query = new TextQuery(terms, index.statistics(terms, all), 10, all);
    int[] before = index.search(query).rows();
    assertThat(before).hasSize(10);
    List<Consumer<TextIndexReader>> questions =
        List.of(
            reader -> reader.search(query),
            reader -> reader.score(query, new int[] {1, 2, 3}),
            reader -> reader.statistics(List.of("rare7"), all));
    for (Consumer<TextIndexReader> question : questions) {
      cancelled.set(true);
      assertThatThrownBy(() -> question.accept(index)).hasMessageContaining("cancelled");
      cancelled.set(false);
      question.accept(index);
    }
    // Rows of a phrase may be long, however few they are.
    List<String> rare = List.of("word1", "rare1");
    TextClause phrase =
        new TextClause.Phrase(
            List.of(new TextClause.PlacedTerm("word1", 0), new TextClause.PlacedTerm("rare1", 1)),
            0);
    TextQuery placed = new TextQuery(phrase, index.statistics(rare, all), 10, all);
    assertThat(index.search(placed).rows()).containsExactly(1);
    for (TextQuery lasting : List.of(query, placed)) {
      patience.set(1);
      assertThatThrownBy(() -> index.search(lasting))
          .as("on the way")
          .hasMessageContaining("cancelled");
      patience.set(Integer.MAX_VALUE);
    }
    assertThat(index.search(query).rows()).isEqualTo(before);
  }

  @Test
  void inABlob() {
    Corpus corpus = corpus();
    try (TextIndexReader index =
        Corpus.PROVIDER.open(
            Corpus.FIELD, corpus.blob(), Corpus.PROVIDER.encoding(), ROWS, context)) {
      ends(index);
    }
  }

  @Test
  void inMemory() {
    LiveTextIndex index = Corpus.PROVIDER.live(Corpus.FIELD, context);
    IntStream.range(0, ROWS)
        .forEach(row -> index.add(row, List.of("common word" + row % 100 + " rare" + row)));
    ends(index);
  }

  @Test
  void inAQuery() {
    String text =
        IntStream.range(0, 10_000).mapToObj(i -> "w" + i + " ").reduce("", String::concat);
    var analyzer = Corpus.PROVIDER.analyzer(Corpus.FIELD, context);
    assertThat(analyzer.terms(text)).hasSize(10_000);
    cancelled.set(true);
    assertThatThrownBy(() -> analyzer.terms(text)).hasMessageContaining("cancelled");
  }
}
