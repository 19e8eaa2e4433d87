package io.elacsym.engine.segment;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextFrequencies;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.engine.border.WrongAnswer;
import io.elacsym.engine.task.Damage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A stored text index that gives way to one in memory as soon as a read finds damage, since much of
 * an index is read only when a query needs it, or as soon as its plugin gives a wrong answer. Safe
 * for use by many threads.
 */
final class GuardedTextIndex implements TextIndexReader {
  private final TextIndexReader stored;
  private final Consumer<ElacsymException> onDamage;
  private final Supplier<TextIndexReader> makeReplacement;
  private final Lazy<TextIndexReader> replacement = new Lazy<>();

  /**
   * @param onDamage told of each damage found
   * @param makeReplacement answers as the stored index would
   */
  GuardedTextIndex(
      TextIndexReader stored,
      Consumer<ElacsymException> onDamage,
      Supplier<TextIndexReader> makeReplacement) {
    this.stored = stored;
    this.onDamage = onDamage;
    this.makeReplacement = makeReplacement;
  }

  @Override
  public TextStatistics statistics(List<String> terms, RowSet live) {
    return ask(index -> index.statistics(terms, live));
  }

  @Override
  public TextHits search(TextQuery query) {
    return ask(index -> index.search(query));
  }

  @Override
  public float[] score(TextQuery query, int[] rows) {
    return ask(index -> index.score(query, rows));
  }

  @Override
  public List<WeightedTerm> terms(TermPattern pattern, RowSet live, int limit) {
    return ask(index -> index.terms(pattern, live, limit));
  }

  @Override
  public RowSet matching(TextClause clause, RowSet accept) {
    return ask(index -> index.matching(clause, accept));
  }

  @Override
  public Optional<TextFrequencies> frequencies(List<TextClause> clauses, int[] rows) {
    return ask(index -> index.frequencies(clauses, rows));
  }

  private <T> T ask(Function<TextIndexReader, T> question) {
    if (replacement.found().isEmpty()) {
      try {
        return question.apply(stored);
      } catch (ElacsymException e) {
        if (Damage.is(e)) {
          onDamage.accept(e);
        } else if (!WrongAnswer.is(e)) {
          throw e;
        }
      }
    }
    return question.apply(replacement.get(makeReplacement));
  }

  @Override
  public void close() {
    stored.close();
    replacement.found().ifPresent(TextIndexReader::close);
  }
}
