package io.elacsym.index.bm25.blob.v2;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextFrequencies;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.index.bm25.search.LiveCounts;
import io.elacsym.index.bm25.search.Ranking;
import io.elacsym.index.bm25.search.TermPatterns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** A written index. Safe for use by many threads. */
public final class Bm25Reader implements TextIndexReader {
  private final BlobData data;
  private final int segmentRows;
  private final Ranking ranking;
  private final LiveCounts counts;
  private final TermPatterns patterns;

  private Bm25Reader(
      BlobData data, int segmentRows, TextAnalysis analysis, Runnable checkCancelled) {
    this.data = data;
    this.segmentRows = segmentRows;
    this.ranking = new Ranking(analysis, checkCancelled);
    this.counts = new LiveCounts(data, checkCancelled);
    this.patterns = new TermPatterns(data, checkCancelled);
  }

  /**
   * @param checkCancelled throws when a search should end
   */
  public static Bm25Reader open(
      TextAnalysis analysis,
      BlobSource source,
      BlobBytes.Plan plan,
      int segmentRows,
      Runnable checkCancelled) {
    return reading(() -> {
      BlobBytes blob = BlobBytes.open(source, plan);
      BlobLayout.check(
          blob.layout().rows() == segmentRows,
          "it has " + blob.layout().rows() + " rows, expected " + segmentRows);
      return new Bm25Reader(new BlobData(blob), segmentRows, analysis, checkCancelled);
    });
  }

  @Override
  public TextStatistics statistics(List<String> terms, RowSet live) {
    checkRows(live);
    return reading(() -> counts.statistics(terms, live));
  }

  @Override
  public TextHits search(TextQuery query) {
    checkRows(query.accept());
    return reading(() -> ranking.search(data, query));
  }

  @Override
  public float[] score(TextQuery query, int[] rows) {
    checkRows(query.accept());
    return reading(() -> ranking.score(data, query, rows));
  }

  @Override
  public List<WeightedTerm> terms(TermPattern pattern, RowSet live, int limit) {
    checkRows(live);
    return reading(() -> patterns.terms(pattern, live, limit));
  }

  @Override
  public RowSet matching(TextClause clause, RowSet accept) {
    checkRows(accept);
    return reading(() -> ranking.matching(data, clause, accept));
  }

  @Override
  public Optional<TextFrequencies> frequencies(List<TextClause> clauses, int[] rows) {
    return Optional.of(reading(() -> ranking.frequencies(data, clauses, rows)));
  }

  @Override
  public void close() {
    reading(() -> {
      data.close();
      return true;
    });
  }

  private void checkRows(RowSet set) {
    if (set.rowCount() != segmentRows) {
      throw new IllegalArgumentException(
          "a set of " + set.rowCount() + " rows, expected " + segmentRows);
    }
  }

  @FunctionalInterface
  private interface Read<T> {
    T run() throws IOException;
  }

  /** Lucene says with an IOException that bytes are not what it has written. */
  private static <T> T reading(Read<T> read) {
    try {
      return read.run();
    } catch (IOException e) {
      throw corrupt(e);
    } catch (UncheckedIOException e) {
      throw corrupt(e);
    }
  }

  private static ElacsymException corrupt(Exception cause) {
    return new ElacsymException(
        ErrorKind.CORRUPT, "this is no bm25 index: " + cause.getMessage(), cause);
  }
}
