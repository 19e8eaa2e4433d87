package io.elacsym.engine.live;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.engine.task.Held;
import io.elacsym.engine.task.OnFailure;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * In the place of a live index whose plugin has failed to take a text, and may have half taken it:
 * the texts themselves, and an index that is built from them when a question comes. If that fails
 * as well, the question fails, and the next one tries again: a failure that passes does no harm for
 * longer than it lasts, and what is answered is scored as ever.
 */
final class RebuiltTexts implements LiveTextIndex {
  private final Supplier<LiveTextIndex> fresh;

  /** By row; only ever added to. */
  private final NavigableMap<Integer, List<String>> texts = new ConcurrentSkipListMap<>();

  /** Held while texts are given to an index: one thread at a time adds to it. */
  private final ReentrantLock lock = new ReentrantLock();

  /** An index of all rows up to one. Under the lock. */
  private Optional<Built> built = Optional.empty();

  /**
   * @param last the last row that it has
   */
  private record Built(LiveTextIndex index, int last) {}

  /**
   * @param fresh gives an empty index of the plugin
   */
  RebuiltTexts(Supplier<LiveTextIndex> fresh) {
    this.fresh = fresh;
  }

  @Override
  public void add(int row, List<String> values) {
    texts.put(row, List.copyOf(values));
  }

  /**
   * An index that has all texts of now.
   *
   * @throws ElacsymException when the plugin fails again
   */
  private LiveTextIndex index() {
    try (Held _ = Held.of(lock)) {
      Built before = built.orElseGet(() -> new Built(fresh.get(), -1));
      built = Optional.empty();
      int last = texts.isEmpty() ? before.last() : texts.lastKey();
      Built now =
          OnFailure.undo(
              before.index()::close,
              () -> {
                texts.subMap(before.last(), false, last, true).forEach(before.index()::add);
                return new Built(before.index(), last);
              });
      built = Optional.of(now);
      return now.index();
    }
  }

  @Override
  public TextStatistics statistics(List<String> terms, RowSet live) {
    return index().statistics(terms, live);
  }

  @Override
  public List<WeightedTerm> terms(TermPattern pattern, RowSet live, int limit) {
    return index().terms(pattern, live, limit);
  }

  @Override
  public TextHits search(TextQuery query) {
    return index().search(query);
  }

  @Override
  public float[] score(TextQuery query, int[] rows) {
    return index().score(query, rows);
  }

  @Override
  public RowSet matching(TextClause clause, RowSet accept) {
    return index().matching(clause, accept);
  }

  @Override
  public void close() {
    try (Held _ = Held.of(lock)) {
      built.ifPresent(open -> open.index().close());
      built = Optional.empty();
    }
  }
}
