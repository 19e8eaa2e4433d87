package io.elacsym.api.index;

import java.util.List;
import java.util.stream.Stream;

/** Which rows are found, and what they score. All terms are as an index has them. */
public sealed interface TextClause {
  /** All terms below, in their order, repeats included. */
  Stream<String> terms();

  /**
   * The clause of a query of plain words: any of the terms is enough, and each that a row has adds
   * to its score as often as it is repeated here.
   */
  static TextClause anyOf(List<String> terms) {
    return new Group(List.of(), terms.stream().<TextClause>map(Term::new).toList(), 1, List.of());
  }

  /** Rows that have a term. They score as {@link TextQuery} says. */
  record Term(String term) implements TextClause {
    @Override
    public Stream<String> terms() {
      return Stream.of(term);
    }
  }

  /**
   * Rows that have all terms in places that fit together. They score as a term would: its weight is
   * the sum of those of all terms here, repeats included; its frequency is the sum, over the places
   * where the phrase is found, of {@code 1 / (1 + distance)}. The distance of a place is how far
   * the terms have been moved altogether, as Lucene's {@code PhraseQuery} counts; without slop it
   * is 0.
   *
   * @param placed at least two, by ascending position
   * @param slop the greatest distance
   */
  record Phrase(List<PlacedTerm> placed, int slop) implements TextClause {
    public Phrase {
      placed = List.copyOf(placed);
    }

    @Override
    public Stream<String> terms() {
      return placed.stream().map(PlacedTerm::term);
    }
  }

  /**
   * A term of a phrase.
   *
   * @param position where it stands; only differences between positions matter
   */
  record PlacedTerm(String term, int position) {}

  /**
   * Rows that have one of several forms of a word. Each form that a row has adds what a {@link
   * Term} would, times its weight; but all forms count as if as many documents had them as have the
   * most frequent one, so that a rare misspelling is worth no more than the word.
   *
   * @param forms at least one, different from each other
   */
  record Forms(List<WeightedTerm> forms) implements TextClause {
    public Forms {
      forms = List.copyOf(forms);
    }

    @Override
    public Stream<String> terms() {
      return forms.stream().map(WeightedTerm::term);
    }
  }

  /**
   * The rows of another clause, with their scores multiplied.
   *
   * @param weight more than 0
   */
  record Weighted(TextClause clause, float weight) implements TextClause {
    @Override
    public Stream<String> terms() {
      return clause.terms();
    }
  }

  /**
   * Rows that every required clause finds, at least {@code minimum} of the optional ones, and none
   * of those excluded. They score the sum of what required and optional clauses give them.
   *
   * @param required with {@code optional} at least one
   * @param minimum from 0, from 1 if nothing is required
   */
  record Group(
      List<TextClause> required, List<TextClause> optional, int minimum, List<TextClause> excluded)
      implements TextClause {
    public Group {
      required = List.copyOf(required);
      optional = List.copyOf(optional);
      excluded = List.copyOf(excluded);
    }

    @Override
    public Stream<String> terms() {
      return Stream.of(required, optional, excluded)
          .flatMap(List::stream)
          .flatMap(TextClause::terms);
    }
  }
}
