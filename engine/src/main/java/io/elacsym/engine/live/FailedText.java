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
import java.util.List;

/**
 * In the place of a live index whose plugin has failed to take a text. The text is durable by then,
 * so the write cannot fail any more: queries of its field do, until it is in a segment, and all
 * else goes on.
 *
 * @param why what the plugin has failed with
 */
record FailedText(ElacsymException why) implements LiveTextIndex {
  private ElacsymException again() {
    return new ElacsymException(why.kind(), String.valueOf(why.getMessage()), why);
  }

  @Override
  public void add(int row, List<String> values) {
    // Of a row more or less nothing changes: no query is answered.
  }

  @Override
  public TextStatistics statistics(List<String> terms, RowSet live) {
    throw again();
  }

  @Override
  public TextHits search(TextQuery query) {
    throw again();
  }

  @Override
  public float[] score(TextQuery query, int[] rows) {
    throw again();
  }

  @Override
  public List<WeightedTerm> terms(TermPattern pattern, RowSet live, int limit) {
    throw again();
  }

  @Override
  public RowSet matching(TextClause clause, RowSet accept) {
    throw again();
  }

  @Override
  public void close() {
    // The failed one was closed when this one took its place.
  }
}
