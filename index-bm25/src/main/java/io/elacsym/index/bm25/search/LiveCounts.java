package io.elacsym.index.bm25.search;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextStatistics;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;

/**
 * Counts over the live rows of a {@link TextData}. The counts of the last set of live rows are
 * kept, because the host passes the same set until something is deleted or added. Safe for use by
 * many threads.
 */
public final class LiveCounts {
  /** Document frequencies kept for one set of live rows. */
  private static final int KEPT_TERMS = 10_000;

  private final TextData data;
  private final Runnable checkCancelled;
  private volatile Counts last = new Counts(RowSet.all(0), 0, 0, new ConcurrentHashMap<>());

  /**
   * @param checkCancelled throws when the counting should end
   */
  public LiveCounts(TextData data, Runnable checkCancelled) {
    this.checkCancelled = checkCancelled;
    this.data = data;
  }

  private record Counts(
      RowSet live, long documents, long totalTerms, Map<String, Long> frequencies) {}

  public TextStatistics statistics(List<String> terms, RowSet live) throws IOException {
    Counts counts = last;
    if (counts.live != live || !counts.frequencies.keySet().containsAll(terms)) {
      data.fetch(terms, live.isAll() ? TextData.Need.NOTHING : TextData.Need.COUNTS);
      counts = countsOf(live);
    }
    Map<String, Long> frequencies = new HashMap<>();
    TermsEnum lookup = null;
    for (String term : terms) {
      if (frequencies.containsKey(term)) {
        continue;
      }
      Long kept = counts.frequencies.get(term);
      if (kept == null) {
        checkCancelled.run();
        if (lookup == null) {
          Terms all = data.terms(live.rowCount());
          lookup = all == null ? TermsEnum.EMPTY : all.iterator();
        }
        kept = lookup.seekExact(new BytesRef(term)) ? frequency(lookup, live) : 0L;
        if (counts.frequencies.size() < KEPT_TERMS) {
          counts.frequencies.put(term, kept);
        }
      }
      frequencies.put(term, kept);
    }
    return new TextStatistics(counts.documents, counts.totalTerms, frequencies);
  }

  private Counts countsOf(RowSet live) {
    Counts known = last;
    if (known.live == live) {
      return known;
    }
    int rows = live.rowCount();
    long documents = data.documents(rows);
    long totalTerms = data.totalTerms(rows);
    if (!live.isAll()) {
      TextData.RowLengths lengths = data.lengths(rows);
      for (int row = nextDead(live, 0); row < rows; row = nextDead(live, row + 1)) {
        int length = lengths.of(row);
        documents -= length > 0 ? 1 : 0;
        totalTerms -= length;
      }
    }
    Counts counts = new Counts(live, documents, totalTerms, new ConcurrentHashMap<>());
    last = counts;
    return counts;
  }

  private long frequency(TermsEnum term, RowSet live) throws IOException {
    int rows = live.rowCount();
    long count = term.docFreq();
    if (live.isAll()) {
      return count;
    }
    PostingsEnum postings = term.postings(null, PostingsEnum.NONE);
    if (rows - live.cardinality() < count / 8) {
      // Few deletes: look each of them up instead of walking over all rows that have the term.
      for (int row = nextDead(live, 0); row < rows; row = nextDead(live, row + 1)) {
        if (postings.docID() < row) {
          postings.advance(row);
        }
        if (postings.docID() == row) {
          count--;
        }
      }
      return count;
    }
    count = 0;
    for (int row = postings.nextDoc();
        row != DocIdSetIterator.NO_MORE_DOCS;
        row = postings.nextDoc()) {
      count += live.contains(row) ? 1 : 0;
    }
    return count;
  }

  /** The smallest row of at least {@code from} that is not live, or the row count. */
  private static int nextDead(RowSet live, int from) {
    int rows = live.rowCount();
    if (from >= rows) {
      return rows;
    }
    int index = from >> 6;
    long dead = ~live.word(index) & (-1L << from);
    while (dead == 0) {
      index++;
      if (index << 6 >= rows) {
        return rows;
      }
      dead = ~live.word(index);
    }
    return Math.min(rows, (index << 6) + Long.numberOfTrailingZeros(dead));
  }
}
