package io.elacsym.tck.index;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.tck.Check;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.index.TextIndexes.Open;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Searches for more than any of some terms, in a blob and in a live index. */
record TextClauseChecks(TextIndexes indexes) {
  private static final int WORDS = 40;
  private static final int ROWS = 250;

  List<Check> checks() {
    return List.of(
        Check.of("groups find what all of their clauses ask for", this::groups),
        Check.of("a phrase is found where its terms stand", this::phrases),
        Check.of("a phrase may be moved as far as its slop", this::slop),
        Check.of("a phrase does not reach from one value into the next", this::values),
        Check.of("forms of a word count as one word", this::forms),
        Check.of("a weight multiplies scores", this::weights),
        Check.of("score gives what search gives for any clause", this::score),
        Check.of("matching gives every accepted row that is found", this::matching),
        Check.of("a prefix means the terms that begin with it, in order", this::prefixes),
        Check.of("fuzzy terms are those within the edits, the nearest first", this::fuzzy),
        Check.of("a pattern means terms of live rows only", this::liveTerms));
  }

  /** What a check does with one random clause. */
  @FunctionalInterface
  private interface Use {
    void with(Open index, TextQuery query);
  }

  @FunctionalInterface
  private interface Clauses {
    TextClause next(RandomClauses random);
  }

  private void each(Clauses clauses, Use use) throws Exception {
    Random random = new Random(Seed.current());
    TextField field = indexes.field();
    Corpus corpus = Corpus.random(ROWS, WORDS, 1, 30, random);
    List<String> terms =
        indexes.terms(field, IntStream.range(0, WORDS + 4).mapToObj(i -> "w" + i).toList());
    RandomClauses source = new RandomClauses(terms, random);
    indexes.inBoth(
        field,
        corpus,
        index -> {
          for (int i = 0; i < 60; i++) {
            TextClause clause = clauses.next(source);
            TextStatistics statistics =
                index.reader().statistics(clause.terms().toList(), index.all());
            RowSet accept = i % 3 == 0 ? VectorAnswers.share(ROWS, 0.5, random) : index.all();
            use.with(index, new TextQuery(clause, statistics, i % 2 == 0 ? ROWS : 7, accept));
          }
        });
  }

  private static void expectRanking(Open index, TextQuery query) {
    TextExpect.ranking(index.oracle(), query, index.reader().search(query));
  }

  private void groups() throws Exception {
    each(random -> random.group(2), TextClauseChecks::expectRanking);
  }

  private void phrases() throws Exception {
    each(
        random -> random.phrase(2 + random.random().nextInt(2), 0),
        TextClauseChecks::expectRanking);
  }

  private void slop() throws Exception {
    each(
        random -> random.phrase(2 + random.random().nextInt(3), 1 + random.random().nextInt(6)),
        TextClauseChecks::expectRanking);
  }

  private void forms() throws Exception {
    each(RandomClauses::forms, TextClauseChecks::expectRanking);
  }

  private void weights() throws Exception {
    each(
        random -> new TextClause.Weighted(random.group(1), 0.5f + random.random().nextInt(4)),
        TextClauseChecks::expectRanking);
  }

  private void values() throws Exception {
    TextField field = indexes.field();
    TreeMap<Integer, List<String>> texts = new TreeMap<>();
    texts.put(0, List.of("apple", "pear"));
    texts.put(1, List.of("apple pear"));
    texts.put(2, List.of("fig", "", "plum apple", "pear"));
    List<String> terms = indexes.terms(field, List.of("apple", "pear"));
    indexes.inBoth(
        field,
        new Corpus(3, texts),
        index -> {
          for (int slop : List.of(0, 10, 90)) {
            TextQuery query =
                new TextQuery(
                    new TextClause.Phrase(
                        List.of(
                            new TextClause.PlacedTerm(terms.getFirst(), 0),
                            new TextClause.PlacedTerm(terms.getLast(), 1)),
                        slop),
                    index.reader().statistics(terms, index.all()),
                    10,
                    index.all());
            TextExpect.rows("rows with slop " + slop, List.of(1), index.reader().search(query));
          }
        });
  }

  private void score() throws Exception {
    int[] rows = IntStream.range(0, ROWS).toArray();
    each(
        RandomClauses::next,
        (index, query) -> {
          float[] scores = index.reader().score(query, rows);
          for (int row : rows) {
            TextExpect.near(
                "score of row " + row + " for " + query.clause(),
                index.oracle().score(query, row),
                scores[row],
                TextExpect.ROUNDING);
          }
        });
  }

  private void matching() throws Exception {
    each(
        RandomClauses::next,
        (index, query) -> {
          RowSet expected = index.oracle().matching(query.clause(), query.accept());
          RowSet seen = index.reader().matching(query.clause(), query.accept());
          Expect.equal("row count", expected.rowCount(), seen.rowCount());
          for (int row = 0; row < ROWS; row++) {
            int now = row;
            Expect.that(
                expected.contains(row) == seen.contains(row),
                () ->
                    "row "
                        + now
                        + (seen.contains(now) ? " is found by " : " is not found by ")
                        + query.clause());
          }
        });
  }

  private static final List<String> SPELLINGS =
      List.of(
          "search",
          "serach",
          "searches",
          "sea",
          "seat",
          "seats",
          "teas",
          "reach",
          "research",
          "arch",
          "se",
          "\u00e9t\u00e9",
          "\u00e9t\u00e9s",
          "et\u00e9",
          "\u65e5\u672c",
          "segment",
          "segments",
          "pigment");

  private void patterns(List<TermPattern> patterns, boolean allLive) throws Exception {
    Random random = new Random(Seed.current());
    TextField field = indexes.field();
    TreeMap<Integer, List<String>> texts = new TreeMap<>();
    for (int row = 0; row < 120; row++) {
      texts.put(
          row,
          List.of(
              SPELLINGS.get(random.nextInt(SPELLINGS.size()))
                  + " "
                  + SPELLINGS.get(row % SPELLINGS.size())));
    }
    BitSet few = new BitSet();
    random.ints(8, 0, 120).forEach(few::set);
    indexes.inBoth(
        field,
        new Corpus(120, texts),
        index -> {
          RowSet live = allLive ? index.all() : RowSet.of(120, few);
          for (TermPattern pattern : patterns) {
            for (int limit : List.of(1, 3, 100)) {
              List<WeightedTerm> seen = index.reader().terms(pattern, live, limit);
              Expect.equal(
                  limit + " terms for " + pattern,
                  index.oracle().terms(pattern, live, limit).toString(),
                  seen.toString());
            }
          }
        });
  }

  private void prefixes() throws Exception {
    patterns(
        List.of(
            new TermPattern.Prefix("s"),
            new TermPattern.Prefix("sea"),
            new TermPattern.Prefix("search"),
            new TermPattern.Prefix("\u00e9"),
            new TermPattern.Prefix("zzz")),
        true);
  }

  private void fuzzy() throws Exception {
    patterns(
        List.of(
            new TermPattern.Fuzzy("search", 0, 0),
            new TermPattern.Fuzzy("search", 1, 0),
            new TermPattern.Fuzzy("search", 2, 0),
            new TermPattern.Fuzzy("search", 2, 3),
            new TermPattern.Fuzzy("seat", 2, 1),
            new TermPattern.Fuzzy("se", 1, 0),
            new TermPattern.Fuzzy("ete", 2, 0),
            new TermPattern.Fuzzy("sgement", 2, 0)),
        true);
  }

  private void liveTerms() throws Exception {
    patterns(
        List.of(
            new TermPattern.Prefix("s"),
            new TermPattern.Prefix("se"),
            new TermPattern.Fuzzy("seat", 2, 0),
            new TermPattern.Fuzzy("search", 2, 0)),
        false);
  }
}
