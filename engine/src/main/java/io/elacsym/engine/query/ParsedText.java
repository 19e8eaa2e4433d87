package io.elacsym.engine.query;

import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextClause;
import io.elacsym.engine.model.Minimum;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A text query after the analysis of one field: the same tree, with the terms of that field in the
 * place of texts.
 */
sealed interface ParsedText {
  /** All that is looked for, in the order of the query. */
  Stream<Wanted> wanted();

  /**
   * The words of a text, each with its place there.
   *
   * @param minimum how many of them a document must have
   */
  record Words(List<Word> words, Minimum minimum) implements ParsedText {
    @Override
    public Stream<Wanted> wanted() {
      return words.stream().map(Word::wanted);
    }
  }

  /** A word, and from where to where in the text it was: the same word in every field. */
  record Word(int start, int end, Wanted wanted) {}

  /** A phrase, or a term as it is; empty when no word is left. */
  record Whole(Optional<Wanted> only) implements ParsedText {
    @Override
    public Stream<Wanted> wanted() {
      return only.stream();
    }
  }

  /** Several parts together. */
  record Group(
      List<ParsedText> required,
      List<ParsedText> optional,
      Minimum minimum,
      List<ParsedText> excluded)
      implements ParsedText {
    @Override
    public Stream<Wanted> wanted() {
      return Stream.of(required, optional, excluded)
          .flatMap(List::stream)
          .flatMap(ParsedText::wanted);
    }
  }

  /** A part with another weight. */
  record Boosted(ParsedText part, float boost) implements ParsedText {
    @Override
    public Stream<Wanted> wanted() {
      return part.wanted();
    }
  }

  /** What is looked up by itself. */
  sealed interface Wanted {}

  /** Terms that are known. */
  record Known(TextClause clause) implements Wanted {}

  /**
   * Terms that the parts of the snapshot have to be asked for.
   *
   * @param limit at most so many
   * @param also a term that is meant besides
   */
  record Open(TermPattern pattern, int limit, Optional<String> also) implements Wanted {}
}
