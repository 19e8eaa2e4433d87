package io.elacsym.tck.index;

import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.tck.Check;
import io.elacsym.tck.Profile;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.index.TextIndexes.Open;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** That rows are found by the very terms that the analyzer gives, in a blob and in a live index. */
record IndexedTermsChecks(TextIndexes indexes) {
  /** Forms of a word, its case, and words that may be dropped. */
  private static final List<String> ENGLISH =
      List.of(
          "the",
          "The",
          "and",
          "of",
          "a",
          "search",
          "searches",
          "searching",
          "Searching",
          "SEARCH",
          "house",
          "houses",
          "House",
          "segment",
          "segments",
          "Segment",
          "vector",
          "vectors");

  private static final List<String> SCRIPTS =
      List.of(
          "\u00fcber",
          "na\u00efve",
          "stra\u00dfe",
          "\u0142\u00f3d\u017a",
          "\u043a\u043d\u0438\u0433\u0430",
          "\u0434\u043e\u043c",
          "\u03b2\u03b9\u03b2\u03bb\u03af\u03bf",
          "\u03c3\u03c0\u03af\u03c4\u03b9",
          "\u05e1\u05e4\u05e8",
          "\u0643\u062a\u0627\u0628",
          "\u092a\u0941\u0938\u094d\u0924\u0915",
          "\u0e2b\u0e19\u0e31\u0e07\u0e2a\u0e37\u0e2d",
          "\u65e5\u672c\u8a9e",
          "\u6570\u636e\u5e93",
          "\ub370\uc774\ud130",
          "\ud801\udc37\ud801\udc32",
          "\ud835\udc9c",
          "cafe\u0301");

  List<Check> checks() {
    return List.of(
        Check.of("texts are indexed with every switch of the analysis", this::switches),
        Check.of("texts of any script are indexed", this::scripts),
        Check.of("long words are indexed as the analyzer gives them", this::longWords),
        Check.of("a row may have thousands of values", this::manyValues),
        Check.of("a term may occur in a row any number of times", this::manyTimes));
  }

  private void switches() throws Exception {
    Random random = new Random(Seed.current());
    Corpus corpus = random(ENGLISH, 120, 1, 12, random);
    for (int switches = 0; switches < 8; switches++) {
      TextField field =
          new TextField(
              "body",
              new TextAnalysis(
                  indexes.language(),
                  (switches & 1) != 0,
                  (switches & 2) != 0,
                  (switches & 4) != 0,
                  1.2,
                  0.75));
      expectFoundByEveryTerm(field, corpus, ENGLISH);
    }
  }

  private void scripts() throws Exception {
    Random random = new Random(Seed.current());
    expectFoundByEveryTerm(indexes.field(), random(SCRIPTS, 150, 1, 10, random), SCRIPTS);
  }

  /** Many begin alike and end differently. */
  private void longWords() throws Exception {
    Random random = new Random(Seed.current());
    List<String> words = new ArrayList<>();
    for (int length : List.of(254, 255, 256, 257, 1000, 8000, 33_000, 70_000)) {
      words.add("a".repeat(length));
      words.add("a".repeat(length - 1) + "b");
      words.add("\u0436".repeat(length / 2) + "b");
    }
    expectFoundByEveryTerm(indexes.field(), random(words, 60, 1, 3, random), words);
  }

  private static Corpus random(
      List<String> words, int rows, int shortest, int longest, Random random) {
    TreeMap<Integer, List<String>> texts = new TreeMap<>();
    for (int row = 0; row < rows; row++) {
      texts.put(
          row,
          List.of(
              Stream.generate(() -> words.get(random.nextInt(words.size())))
                  .limit(shortest + random.nextInt(longest - shortest + 1))
                  .collect(Collectors.joining(" "))));
    }
    return new Corpus(rows, texts);
  }

  /** Each term by itself, and pairs of them. */
  private void expectFoundByEveryTerm(TextField field, Corpus corpus, List<String> words)
      throws Exception {
    TextAnalyzer analyzer = indexes.analyzer(field);
    List<String> terms =
        words.stream().flatMap(word -> analyzer.terms(word).stream()).distinct().toList();
    indexes.inBoth(
        field,
        corpus,
        index -> {
          for (int i = 0; i < terms.size(); i++) {
            for (List<String> asked :
                List.of(
                    List.of(terms.get(i)),
                    List.of(terms.get(i), terms.get((i + 3) % terms.size())))) {
              TextStatistics statistics = index.reader().statistics(asked, index.all());
              TextExpect.statistics(index.oracle(), asked, index.all(), statistics);
              TextQuery query = new TextQuery(asked, statistics, corpus.segmentRows(), index.all());
              expectNearFormula(index, query);
            }
          }
        });
  }

  private void manyValues() throws Exception {
    for (int values : List.of(101, 1025, Profile.current().pick(3000, 50_000))) {
      Corpus corpus = Corpus.of("w0 w1", "apple", "pear");
      corpus
          .texts()
          .put(1, IntStream.range(0, values).mapToObj(i -> "w" + i % 50 + " v" + i).toList());
      TextField field = indexes.field();
      indexes.inBoth(
          field,
          corpus,
          index -> {
            for (int value : List.of(0, 99, 100, values / 2, values - 1)) {
              List<String> terms = indexes.terms(field, List.of("v" + value));
              TextStatistics statistics = index.reader().statistics(terms, index.all());
              TextExpect.statistics(index.oracle(), terms, index.all(), statistics);
              TextHits hits =
                  index.reader().search(new TextQuery(terms, statistics, 10, index.all()));
              TextExpect.rows("rows with value " + value + " of " + values, List.of(1), hits);
            }
          });
    }
  }

  /** So often that neither a byte nor a short holds the number. */
  private void manyTimes() throws Exception {
    TextField field = indexes.field();
    int times = 70_000;
    Corpus corpus =
        Corpus.of(
            "fig pear", "fig ".repeat(times) + "pear", "fig ".repeat(300), "pear plum", "plum");
    indexes.inBoth(
        field,
        corpus,
        index -> {
          for (String word : List.of("fig", "pear")) {
            List<String> terms = indexes.terms(field, List.of(word));
            TextStatistics statistics = index.reader().statistics(terms, index.all());
            TextExpect.statistics(index.oracle(), terms, index.all(), statistics);
            TextQuery query = new TextQuery(terms, statistics, 10, index.all());
            expectNearFormula(index, query);
          }
        });
  }

  private static void expectNearFormula(Open index, TextQuery query) {
    TextHits hits = index.reader().search(query);
    Expect.equal(
        "number of hits of " + query.terms(),
        index.oracle().search(query).rows().length,
        hits.rows().length);
    for (int i = 0; i < hits.rows().length; i++) {
      TextExpect.near(
          "score of row " + hits.rows()[i] + " for " + query.terms(),
          index.oracle().score(query, hits.rows()[i]),
          hits.scores()[i],
          TextExpect.LENGTH_ROUNDING);
    }
    TextExpect.sorted(hits);
  }
}
