package io.elacsym.tck.broken;

import io.elacsym.api.PluginContext;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextFrequencies;
import io.elacsym.api.index.TextHighlight;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextToken;
import io.elacsym.api.index.TextTokenizer;
import io.elacsym.api.index.WeightedTerm;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Text indexes that take a clause, a pattern or a cut for another one. */
final class BrokenClauses {
  private BrokenClauses() {}

  static List<BrokenPart> parts() {
    return List.of(
        asking(
            "finds what is excluded",
            clause ->
                clause instanceof TextClause.Group group
                    ? new TextClause.Group(
                        group.required(), group.optional(), group.minimum(), List.of())
                    : clause,
            "groups find what all of their clauses ask for"),
        asking(
            "is content with one of several",
            clause ->
                clause instanceof TextClause.Group group
                    ? new TextClause.Group(
                        group.required(),
                        group.optional(),
                        Math.min(1, group.minimum()),
                        group.excluded())
                    : clause,
            "groups find what all of their clauses ask for"),
        asking(
            "takes a phrase for words",
            clause ->
                clause instanceof TextClause.Phrase phrase
                    ? TextClause.anyOf(phrase.terms().toList())
                    : clause,
            "a phrase is found where its terms stand",
            "a phrase may be moved as far as its slop",
            "a phrase does not reach from one value into the next"),
        asking(
            "never moves a phrase",
            clause ->
                clause instanceof TextClause.Phrase phrase
                    ? new TextClause.Phrase(phrase.placed(), 0)
                    : clause,
            "a phrase may be moved as far as its slop"),
        asking(
            "weighs each form by itself",
            clause ->
                clause instanceof TextClause.Forms forms
                    ? new TextClause.Group(
                        List.of(),
                        forms.forms().stream()
                            .<TextClause>map(form ->
                                new TextClause.Weighted(
                                    new TextClause.Term(form.term()), form.weight()))
                            .toList(),
                        1,
                        List.of())
                    : clause,
            "forms of a word count as one word"),
        asking(
            "forgets weights",
            clause -> clause instanceof TextClause.Weighted weighted ? weighted.clause() : clause,
            "a weight multiplies scores"),
        BrokenTextIndexTest.broken(
            "puts values side by side",
            IndexedTexts.of(values -> List.of(String.join(" ", values))),
            "a phrase does not reach from one value into the next"),
        BrokenTextIndexTest.reading(
            "scores as if any term were enough",
            good ->
                new ForwardingTextIndex.Reader(good) {
                  @Override
                  public float[] score(TextQuery query, int[] rows) {
                    return inner.score(
                        new TextQuery(query.terms(), query.statistics(), query.k(), query.accept()),
                        rows);
                  }
                },
            "score gives what search gives for any clause"),
        BrokenTextIndexTest.reading(
            "matches rows that are not accepted",
            good ->
                new ForwardingTextIndex.Reader(good) {
                  @Override
                  public RowSet matching(TextClause clause, RowSet accept) {
                    return inner.matching(clause, RowSet.all(accept.rowCount()));
                  }
                },
            "matching gives every accepted row that is found"),
        BrokenTextIndexTest.reading(
            "matches a few rows only",
            good ->
                new ForwardingTextIndex.Reader(good) {
                  @Override
                  public RowSet matching(TextClause clause, RowSet accept) {
                    RowSet found = inner.matching(clause, accept);
                    BitSet few = new BitSet();
                    IntStream.iterate(found.next(0), row -> row >= 0, row -> found.next(row + 1))
                        .limit(5)
                        .forEach(few::set);
                    return RowSet.of(accept.rowCount(), few);
                  }
                },
            "matching gives every accepted row that is found"),
        counting(
            "counts a term once",
            right ->
                new TextFrequencies(
                    right.counts().stream().map(BrokenClauses::atMostOnce).toList(),
                    right.lengths()),
            "frequencies are what scores are made of"),
        counting(
            "gives lengths that it does not round",
            right ->
                new TextFrequencies(
                    right.counts(),
                    IntStream.of(right.lengths()).map(length -> 2 * length).toArray()),
            "frequencies are what scores are made of"),
        highlighting(
            "marks nothing",
            (wanted, pieces) ->
                pieces.stream()
                    .map(piece -> piece.replace(wanted.before(), "").replace(wanted.after(), ""))
                    .toList(),
            "highlights mark what a clause finds"),
        highlighting(
            "marks what was escaped",
            (wanted, pieces) -> pieces.stream().map(piece -> piece.replace("&lt;", "<")).toList(),
            "highlights are escaped as HTML when that is asked for"),
        highlighting(
            "puts dots around pieces",
            (wanted, pieces) -> pieces.stream().map(piece -> "..." + piece).toList(),
            "highlights are parts of the text"),
        highlighting(
            "shows something where nothing is found",
            (wanted, pieces) -> pieces.isEmpty() ? List.of("an otter") : pieces,
            "nothing is highlighted where nothing is found"),
        highlighting(
            "has one piece too many",
            (wanted, pieces) -> Stream.concat(pieces.stream(), pieces.stream().limit(1)).toList(),
            "highlights have no more pieces than are wanted"),
        listing(
            "lists terms by falling order",
            (good, pattern, live, limit) ->
                good.terms(pattern, live, limit).stream()
                    .sorted(Comparator.comparing(WeightedTerm::term).reversed())
                    .toList(),
            "a prefix means the terms that begin with it, in order",
            "fuzzy terms are those within the edits, the nearest first"),
        listing(
            "takes an exchange of neighbours for two edits",
            (good, pattern, live, limit) ->
                good.terms(pattern, live, limit).stream()
                    .filter(term -> !term.term().equals("serach"))
                    .toList(),
            "fuzzy terms are those within the edits, the nearest first"),
        listing(
            "lists terms of dead rows",
            (good, pattern, live, limit) -> good.terms(pattern, RowSet.all(live.rowCount()), limit),
            "a pattern means terms of live rows only"),
        analysing(
            "counts no places",
            tokens ->
                tokens.stream()
                    .map(token -> new TextToken(token.term(), 0, token.start(), token.end()))
                    .toList(),
            "tokens tell where they stand"),
        analysing(
            "closes gaps",
            tokens ->
                IntStream.range(0, tokens.size())
                    .mapToObj(i ->
                        new TextToken(
                            tokens.get(i).term(), i, tokens.get(i).start(), tokens.get(i).end()))
                    .toList(),
            "stop words that are dropped leave their places empty"),
        switched(
            "knows words only",
            a -> with(a, new TextTokenizer.Words(), a.asciiFolding(), a.maxTokenLength()),
            "a text is cut at white space when that is asked for",
            "a text is one term when that is asked for",
            "a text is cut into all pieces when that is asked for"),
        switched(
            "always folds",
            a -> with(a, a.tokenizer(), true, a.maxTokenLength()),
            "accents are dropped only when asked for"),
        switched(
            "keeps words of any length",
            a -> with(a, a.tokenizer(), a.asciiFolding(), TextAnalysis.MAX_TOKEN_LENGTH),
            "words longer than asked for are dropped"));
  }

  private static BrokenPart asking(
      String what, UnaryOperator<TextClause> change, String... guards) {
    return BrokenTextIndexTest.searching(
        what,
        (inner, query) ->
            inner.search(
                new TextQuery(
                    change.apply(query.clause()), query.statistics(), query.k(), query.accept())),
        guards);
  }

  private static float[] atMostOnce(float[] counts) {
    float[] once = counts.clone();
    for (int i = 0; i < once.length; i++) {
      once[i] = Math.min(1, once[i]);
    }
    return once;
  }

  private static BrokenPart counting(
      String what, UnaryOperator<TextFrequencies> change, String... guards) {
    return BrokenTextIndexTest.reading(
        what,
        good ->
            new ForwardingTextIndex.Reader(good) {
              @Override
              public Optional<TextFrequencies> frequencies(List<TextClause> clauses, int[] rows) {
                return inner.frequencies(clauses, rows).map(change);
              }
            },
        guards);
  }

  private static BrokenPart highlighting(
      String what, BiFunction<TextHighlight, List<String>, List<String>> change, String... guards) {
    return BrokenTextIndexTest.broken(
        what,
        new ForwardingTextIndex() {
          @Override
          public Optional<List<String>> highlight(
              TextField field, TextHighlight wanted, List<String> values, PluginContext context) {
            return plain
                .highlight(field, wanted, values, context)
                .map(pieces -> change.apply(wanted, pieces));
          }
        },
        guards);
  }

  private interface Listing {
    List<WeightedTerm> of(TextIndexReader good, TermPattern pattern, RowSet live, int limit);
  }

  private static BrokenPart listing(String what, Listing listing, String... guards) {
    return BrokenTextIndexTest.reading(
        what,
        good ->
            new ForwardingTextIndex.Reader(good) {
              @Override
              public List<WeightedTerm> terms(TermPattern pattern, RowSet live, int limit) {
                return listing.of(inner, pattern, live, limit);
              }
            },
        guards);
  }

  private static BrokenPart analysing(
      String what, UnaryOperator<List<TextToken>> change, String... guards) {
    return BrokenTextIndexTest.broken(
        what,
        new ForwardingTextIndex() {
          @Override
          public TextAnalyzer analyzer(TextField field, PluginContext context) {
            TextAnalyzer good = plain.analyzer(field, context);
            return text -> change.apply(good.tokens(text));
          }
        },
        guards);
  }

  private static BrokenPart switched(
      String what, UnaryOperator<TextAnalysis> change, String... guards) {
    return BrokenTextIndexTest.broken(
        what,
        new ForwardingTextIndex() {
          @Override
          public TextAnalyzer analyzer(TextField field, PluginContext context) {
            return plain.analyzer(
                new TextField(field.name(), change.apply(field.analysis())), context);
          }
        },
        guards);
  }

  private static TextAnalysis with(
      TextAnalysis a, TextTokenizer tokenizer, boolean folding, int longest) {
    return new TextAnalysis(
        a.language(),
        tokenizer,
        a.stemming(),
        a.removeStopwords(),
        a.caseSensitive(),
        folding,
        longest,
        a.k1(),
        a.b());
  }
}
