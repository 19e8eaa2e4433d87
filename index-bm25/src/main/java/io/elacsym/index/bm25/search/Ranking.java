package io.elacsym.index.bm25.search;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/**
 * Ranks the rows of a {@link TextData} by BM25. Scores are the same to the bit for a row in a blob,
 * in the live index, found by a search or scored by itself: the same {@link Similarity} computes a
 * 32-bit float per term from the same rounded length, and their sum is taken in 64 bits.
 */
public final class Ranking {
  /**
   * With fewer than one accepted row in this many, each is scored by itself. Otherwise rows that
   * are not accepted count as deleted, which keeps Lucene's block-max skipping. Measured on a
   * million rows against a filter clause, which was slower or equal at every share from 0.1 % up.
   */
  private static final int FEW = 4096;

  /** How many rows are looked up between two checks whether the search was cancelled. */
  private static final int ROWS_BETWEEN_CHECKS = 1 << 12;

  private final BM25Similarity similarity;
  private final Runnable checkCancelled;

  /**
   * @param checkCancelled throws when a search should end
   */
  public Ranking(TextAnalysis analysis, Runnable checkCancelled) {
    this.checkCancelled = checkCancelled;
    this.similarity = new BM25Similarity((float) analysis.k1(), (float) analysis.b());
  }

  public TextHits search(TextData data, TextQuery query) throws IOException {
    RowSet accept = query.accept();
    int rows = accept.rowCount();
    int k = Math.min(query.k(), accept.cardinality());
    if (k == 0 || query.terms().isEmpty() || data.documents(rows) == 0) {
      return new TextHits(new int[0], new float[0]);
    }
    Map<String, Integer> repeats = repeats(query);
    data.fetch(repeats.keySet(), TextData.Need.SCORES);
    if (accept.cardinality() < rows / FEW || repeats.size() > IndexSearcher.getMaxClauseCount()) {
      return searchByScoring(data, query, repeats, k);
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    repeats.forEach((term, times) -> any.add(clause(term, times), Occur.SHOULD));
    FieldLeaf leaf =
        new FieldLeaf(
            data,
            rows,
            accept.isAll() ? null : bits(accept).asReadOnlyBits(),
            accept.cardinality());
    IndexSearcher searcher =
        new GlobalSearcher(leaf, GlobalStatistics.of(query.statistics()), similarity);
    // Asked by Lucene now and then; what it throws comes out of the search.
    searcher.setTimeout(() -> {
      checkCancelled.run();
      return false;
    });
    // A threshold of k: as soon as k rows are known, blocks that cannot beat them are skipped. What
    // is skipped has a lower score, or the same score and a greater row, so the answer is exact.
    ScoreDoc[] found =
        searcher.search(any.build(), new TopScoreDocCollectorManager(k, null, k)).scoreDocs;
    int[] hits = new int[found.length];
    float[] scores = new float[found.length];
    for (int i = 0; i < found.length; i++) {
      hits[i] = found[i].doc;
      scores[i] = found[i].score;
    }
    return new TextHits(hits, scores);
  }

  public float[] score(TextData data, TextQuery query, int[] rows) throws IOException {
    Map<String, Integer> repeats = repeats(query);
    data.fetch(repeats.keySet(), TextData.Need.SCORES);
    return score(data, query, repeats, rows);
  }

  private float[] score(TextData data, TextQuery query, Map<String, Integer> repeats, int[] rows)
      throws IOException {
    int rowLimit = query.accept().rowCount();
    double[] sums = new double[rows.length];
    int[] ascending = ascending(rows);
    Terms terms = data.terms(rowLimit);
    if (terms == null) {
      return new float[rows.length];
    }
    TermsEnum lookup = terms.iterator();
    NumericDocValues norms = data.norms(rowLimit);
    GlobalStatistics statistics = GlobalStatistics.of(query.statistics());
    PostingsEnum postings = null;
    for (Map.Entry<String, Integer> term : repeats.entrySet()) {
      checkCancelled.run();
      BytesRef bytes = new BytesRef(term.getKey());
      if (!lookup.seekExact(bytes)) {
        continue;
      }
      Similarity.SimScorer scorer =
          similarity.scorer(
              term.getValue(), statistics.collection(), statistics.term(bytes, term.getKey()));
      postings = lookup.postings(postings, PostingsEnum.FREQS);
      for (int place = 0; place < ascending.length; place++) {
        if (place % ROWS_BETWEEN_CHECKS == ROWS_BETWEEN_CHECKS - 1) {
          checkCancelled.run();
        }
        int at = ascending[place];
        int row = rows[at];
        if (postings.docID() < row && postings.advance(row) == DocIdSetIterator.NO_MORE_DOCS) {
          break;
        }
        if (postings.docID() == row && norms.advanceExact(row)) {
          sums[at] += scorer.score(postings.freq(), norms.longValue());
        }
      }
    }
    float[] scores = new float[rows.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) sums[i];
    }
    return scores;
  }

  /**
   * Scores each accepted row by itself: where few are accepted, and where a query has more terms
   * than Lucene takes.
   */
  private TextHits searchByScoring(
      TextData data, TextQuery query, Map<String, Integer> repeats, int k) throws IOException {
    RowSet accept = query.accept();
    int[] rows =
        IntStream.iterate(accept.next(0), row -> row >= 0, row -> accept.next(row + 1)).toArray();
    float[] scores = score(data, query, repeats, rows);
    int[] best =
        IntStream.range(0, rows.length)
            .filter(i -> scores[i] > 0)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> scores[i])
                    .reversed()
                    .thenComparingInt(i -> rows[i]))
            .limit(k)
            .mapToInt(Integer::intValue)
            .toArray();
    float[] bestScores = new float[best.length];
    for (int i = 0; i < best.length; i++) {
      bestScores[i] = scores[best[i]];
      best[i] = rows[best[i]];
    }
    return new TextHits(best, bestScores);
  }

  private static Query clause(String term, int times) {
    Query query = new TermQuery(new Term(TextData.FIELD, term));
    return times == 1 ? query : new BoostQuery(query, times);
  }

  private static Map<String, Integer> repeats(TextQuery query) {
    Map<String, Integer> repeats = new HashMap<>();
    query.terms().forEach(term -> repeats.merge(term, 1, Integer::sum));
    return repeats;
  }

  private static FixedBitSet bits(RowSet rows) {
    long[] words = new long[FixedBitSet.bits2words(rows.rowCount())];
    for (int i = 0; i < words.length; i++) {
      words[i] = rows.word(i);
    }
    return new FixedBitSet(words, rows.rowCount());
  }

  /** The places of {@code rows} in the order of their values. */
  private static int[] ascending(int[] rows) {
    long[] keys = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      keys[i] = (long) rows[i] << 32 | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }
}
