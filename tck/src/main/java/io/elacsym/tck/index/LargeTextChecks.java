package io.elacsym.tck.index;

import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.tck.Check;
import io.elacsym.tck.Profile;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.expect.Lazily;
import io.elacsym.tck.index.TextIndexes.Open;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many rows, long queries, and counts of a large namespace. */
final class LargeTextChecks {
  private static final int SHORT_ROWS = 1 << 16;

  /** Different words of a query, at most. */
  private static final int MOST_WORDS = 4096;

  private final TextIndexes indexes;
  private final Lazily<Corpus> many = new Lazily<>(LargeTextChecks::manyRows);

  LargeTextChecks(TextIndexes indexes) {
    this.indexes = indexes;
  }

  List<Check> checks() {
    return List.of(
        Check.of("rows beyond 65,535 are found by their words", this::beyondShorts),
        Check.of("ten thousand hits come back", this::manyHits),
        Check.of("a search of many rows stops when the host cancels it", this::cancelled),
        Check.of("a long query asks for each of its words", this::longQueries),
        Check.of("a term that is repeated a thousand times counts a thousand times", this::repeats),
        Check.of("statistics may count billions", this::billions),
        Check.of("score looks at neither k nor the accepted rows", this::scoreOfAnyRow));
  }

  private static int rows() {
    return Profile.current().pick(70_000, 300_000);
  }

  /** Each row has one word of all, one of 1,000, and every hundredth one of its own. */
  private static Corpus manyRows() {
    TreeMap<Integer, List<String>> texts = new TreeMap<>();
    for (int row = 0; row < rows(); row++) {
      texts.put(row, List.of("all w" + row % 1000 + (row % 100 == 36 ? " own" + row : "")));
    }
    return new Corpus(rows(), texts);
  }

  private void beyondShorts() throws Exception {
    TextField field = indexes.field();
    BitSet beyond = new BitSet();
    beyond.set(SHORT_ROWS, rows());
    RowSet later = RowSet.of(rows(), beyond);
    indexes.inBoth(
        field,
        many.get(),
        index -> {
          for (int row : List.of(36, 65_436, SHORT_ROWS, SHORT_ROWS + 100, 69_936)) {
            List<String> terms = indexes.terms(field, List.of("own" + row));
            TextStatistics statistics = index.reader().statistics(terms, index.all());
            Expect.equal(
                "rows that have own" + row, 1L, statistics.documentFrequency(terms.getFirst()));
            TextQuery query = new TextQuery(terms, statistics, 10, index.all());
            TextHits hits = index.reader().search(query);
            TextExpect.rows("rows with own" + row, List.of(row), hits);
            TextExpect.near(
                "score of row " + row,
                hits.scores()[0],
                index.reader().score(query, new int[] {row})[0],
                1e-5);
          }
          List<String> terms = indexes.terms(field, List.of("w7", "all"));
          TextStatistics statistics = index.reader().statistics(terms, later);
          Expect.equal("documents", (long) later.cardinality(), statistics.documents());
          Expect.equal(
              "rows of the later ones that have w7",
              IntStream.range(SHORT_ROWS, rows()).filter(row -> row % 1000 == 7).count(),
              statistics.documentFrequency(terms.getFirst()));
          TextHits hits = index.reader().search(new TextQuery(terms, statistics, 3, later));
          TextExpect.rows(
              "best of the later rows",
              IntStream.range(SHORT_ROWS, rows())
                  .filter(row -> row % 1000 == 7)
                  .limit(3)
                  .boxed()
                  .toList(),
              hits);
        });
  }

  private void manyHits() throws Exception {
    TextField field = indexes.field();
    indexes.inBoth(
        field,
        many.get(),
        index -> {
          List<String> terms = indexes.terms(field, List.of("all"));
          TextStatistics statistics = index.reader().statistics(terms, index.all());
          TextHits hits =
              index.reader().search(new TextQuery(terms, statistics, 10_000, index.all()));
          Expect.equal("hits for k 10,000", 10_000, hits.rows().length);
          TextExpect.sorted(hits);
        });
  }

  private void cancelled() throws Exception {
    TextField field = indexes.field();
    AtomicBoolean cancelled = new AtomicBoolean();
    RowSet all = RowSet.all(rows());
    try (TextIndexReader reader =
        indexes.open(
            field,
            indexes.write(field, many.get()),
            rows(),
            indexes.context().cancelledWhen(cancelled::get))) {
      List<String> terms = indexes.terms(field, List.of("all"));
      TextQuery query = new TextQuery(terms, reader.statistics(terms, all), 10, all);
      TextHits before = reader.search(query);
      cancelled.set(true);
      Expect.failure(
          ErrorKind.UNAVAILABLE,
          "a search of " + rows() + " rows that is cancelled",
          () -> reader.search(query));
      cancelled.set(false);
      Expect.equal("rows found by the next search", before.rows(), reader.search(query).rows());
    }
  }

  private void longQueries() throws Exception {
    Random random = new Random(Seed.current());
    TextField field = indexes.field();
    int rows = 500;
    TreeMap<Integer, List<String>> texts = new TreeMap<>();
    for (int row = 0; row < rows; row++) {
      texts.put(
          row,
          List.of(
              random
                  .ints(1 + random.nextInt(5), 0, MOST_WORDS + 500)
                  .mapToObj(i -> "w" + i)
                  .collect(Collectors.joining(" "))));
    }
    indexes.inBoth(
        field,
        new Corpus(rows, texts),
        index -> {
          for (int words : Profile.current().pick(List.of(MOST_WORDS), List.of(1025, MOST_WORDS))) {
            List<String> asked = new ArrayList<>();
            IntStream.range(0, words).forEach(i -> asked.add("w" + i));
            Collections.shuffle(asked, random);
            List<String> terms = indexes.terms(field, asked);
            TextStatistics statistics = index.reader().statistics(terms, index.all());
            TextQuery query = new TextQuery(terms, statistics, 40, index.all());
            TextHits hits = index.reader().search(query);
            TextHits expected = index.oracle().search(query);
            Expect.equal(
                "hits of a query of " + words + " words",
                expected.rows().length,
                hits.rows().length);
            for (int i = 0; i < hits.rows().length; i++) {
              String what = "score at rank " + (i + 1) + " of a query of " + words + " words";
              TextExpect.near(what, expected.scores()[i], hits.scores()[i], TextExpect.ROUNDING);
            }
            TextExpect.sorted(hits);
          }
        });
  }

  private void repeats() throws Exception {
    TextField field = indexes.field();
    Corpus corpus = Corpus.of("apple pear", "pear pear", "apple fig fig", "fig", "pear fig");
    List<String> words = new ArrayList<>(Collections.nCopies(1000, "fig"));
    words.add("apple");
    indexes.inBoth(
        field,
        corpus,
        index -> {
          List<String> terms = indexes.terms(field, words);
          TextStatistics statistics = index.reader().statistics(terms, index.all());
          TextQuery query = new TextQuery(terms, statistics, 10, index.all());
          TextHits hits = index.reader().search(query);
          TextExpect.ranking(index.oracle(), query, hits);
          float[] scores = index.reader().score(query, hits.rows());
          for (int i = 0; i < scores.length; i++) {
            TextExpect.near("score of a hit", hits.scores()[i], scores[i], 1e-4);
          }
        });
  }

  private void billions() throws Exception {
    expectRankings(own ->
        new TextStatistics(
            own.documents() + 20_000_000_000L,
            own.totalTerms() + 90_000_000_000L,
            Map.of("apple", 5_000_000_000L, "pear", 3L)));
  }

  private void expectRankings(UnaryOperator<TextStatistics> counted) throws Exception {
    TextField field = indexes.field();
    Corpus corpus = Corpus.of("apple pear", "apple", "pear pear fig", "apple fig fig", "fig");
    List<String> terms = List.of("apple", "pear");
    indexes.inBoth(
        field,
        corpus,
        index -> {
          TextStatistics statistics = counted.apply(index.reader().statistics(terms, index.all()));
          TextQuery query = new TextQuery(terms, statistics, 10, index.all());
          TextExpect.ranking(index.oracle(), query, index.reader().search(query));
        });
  }

  /** The rows were accepted by whoever found them; the host asks for what they score here. */
  private void scoreOfAnyRow() throws Exception {
    TextField field = indexes.field();
    Corpus corpus = Corpus.of("apple", "pear", "apple fig", "apple apple");
    indexes.inBoth(
        field,
        corpus,
        index -> {
          List<String> terms = indexes.terms(field, List.of("apple"));
          TextStatistics statistics = index.reader().statistics(terms, index.all());
          int[] rows = {3, 0, 1, 3, 2};
          float[] expected = scores(index, terms, statistics, 10, index.all(), rows);
          BitSet one = new BitSet();
          one.set(1);
          for (RowSet accept :
              List.of(RowSet.of(4, new BitSet()), RowSet.of(4, one), index.all())) {
            Expect.equal(
                "scores while " + accept + " are accepted",
                expected,
                scores(index, terms, statistics, 1, accept, rows));
          }
        });
  }

  private static float[] scores(
      Open index, List<String> terms, TextStatistics statistics, int k, RowSet accept, int[] rows) {
    return index.reader().score(new TextQuery(terms, statistics, k, accept), rows);
  }
}
