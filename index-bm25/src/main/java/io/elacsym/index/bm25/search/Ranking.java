package io.elacsym.index.bm25.search;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextFrequencies;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.SmallFloat;
import org.jspecify.annotations.Nullable;

/**
 * Ranks the rows of a {@link TextData} by BM25. Scores are the same for a row in a blob, in the
 * live index, found by a search or scored by itself: the same {@link Similarity} computes a 32-bit
 * float per term from the same rounded length, and their sum is taken in 64 bits.
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

  /**
   * A search that looks at no more rows than this is asked whether it was cancelled only when it
   * begins: to ask on the way, Lucene cuts it into small pieces.
   */
  private static final long ROWS_OF_A_SHORT_SEARCH = 1 << 16;

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
    if (k == 0 || data.documents(rows) == 0) {
      return new TextHits(new int[0], new float[0]);
    }
    checkCancelled.run();
    fetch(data, query.clause());
    if (accept.cardinality() < rows / FEW) {
      return searchByScoring(data, query, k);
    }
    FieldLeaf leaf =
        new FieldLeaf(
            data,
            rows,
            accept.isAll() ? null : bits(accept).asReadOnlyBits(),
            accept.cardinality());
    IndexSearcher searcher = searcher(leaf, query.statistics());
    if (isLong(query)) {
      // Asked by Lucene now and then; what it throws comes out of the search.
      searcher.setTimeout(() -> {
        checkCancelled.run();
        return false;
      });
    }
    // A threshold of k: as soon as k rows are known, blocks that cannot beat them are skipped. What
    // is skipped has a lower score, or the same score and a greater row, so the answer is exact.
    ScoreDoc[] found =
        searcher.search(
                new Clauses(query.statistics()).query(query.clause()),
                new TopScoreDocCollectorManager(k, null, k))
            .scoreDocs;
    int[] hits = new int[found.length];
    float[] scores = new float[found.length];
    for (int i = 0; i < found.length; i++) {
      hits[i] = found[i].doc;
      scores[i] = found[i].score;
    }
    return new TextHits(hits, scores);
  }

  public float[] score(TextData data, TextQuery query, int[] rows) throws IOException {
    fetch(data, query.clause());
    return scored(data, query, rows);
  }

  /** The rows of {@code accept} that a clause finds. */
  public RowSet matching(TextData data, TextClause clause, RowSet accept) throws IOException {
    checkCancelled.run();
    BitSet found = new BitSet(accept.rowCount());
    if (accept.isEmpty() || data.documents(accept.rowCount()) == 0) {
      return RowSet.of(accept.rowCount(), found);
    }
    fetch(data, clause);
    FieldLeaf leaf = all(data, accept.rowCount());
    TextQuery unscored = new TextQuery(clause, TextStatistics.NONE, 1, accept);
    Scorer scorer =
        scorer(searcher(leaf, TextStatistics.NONE), leaf, unscored, ScoreMode.COMPLETE_NO_SCORES);
    if (scorer != null) {
      DocIdSetIterator matches = scorer.iterator();
      int seen = 0;
      for (int row = matches.nextDoc();
          row != DocIdSetIterator.NO_MORE_DOCS;
          row = matches.nextDoc()) {
        if (++seen % ROWS_BETWEEN_CHECKS == 0) {
          checkCancelled.run();
        }
        if (accept.contains(row)) {
          found.set(row);
        }
      }
    }
    return RowSet.of(accept.rowCount(), found);
  }

  /** How often rows have terms and phrases, and how long they are. */
  public TextFrequencies frequencies(TextData data, List<TextClause> clauses, int[] rows)
      throws IOException {
    List<float[]> counts = new ArrayList<>(clauses.size());
    int[] lengths = new int[rows.length];
    RowSet upTo = RowSet.all(Arrays.stream(rows).max().orElse(-1) + 1);
    if (rows.length == 0 || data.documents(upTo.rowCount()) == 0) {
      clauses.forEach(clause -> counts.add(new float[rows.length]));
      return new TextFrequencies(counts, lengths);
    }
    fetch(data, new TextClause.Group(List.of(), clauses, 1, List.of()));
    for (TextClause clause : clauses) {
      TextQuery query = new TextQuery(clause, TextStatistics.NONE, 1, upTo);
      counts.add(scored(data, query, rows, Occurrences.INSTANCE));
    }
    NumericDocValues norms = data.norms(upTo.rowCount());
    for (int i = 0; i < rows.length; i++) {
      lengths[i] =
          norms.advanceExact(rows[i]) ? SmallFloat.byte4ToInt((byte) norms.longValue()) : 0;
    }
    return new TextFrequencies(counts, lengths);
  }

  private float[] scored(TextData data, TextQuery query, int[] rows) throws IOException {
    return scored(data, query, rows, similarity);
  }

  private float[] scored(TextData data, TextQuery query, int[] rows, Similarity by)
      throws IOException {
    checkCancelled.run();
    float[] scores = new float[rows.length];
    if (data.documents(query.accept().rowCount()) == 0) {
      return scores;
    }
    FieldLeaf leaf = all(data, query.accept().rowCount());
    Scorer scorer = scorer(searcher(leaf, query.statistics(), by), leaf, query, ScoreMode.COMPLETE);
    if (scorer == null) {
      return scores;
    }
    DocIdSetIterator matches = scorer.iterator();
    int[] ascending = ascending(rows);
    int before = -1;
    for (int place = 0; place < ascending.length; place++) {
      if (place % ROWS_BETWEEN_CHECKS == ROWS_BETWEEN_CHECKS - 1) {
        checkCancelled.run();
      }
      int at = ascending[place];
      int row = rows[at];
      if (matches.docID() < row && matches.advance(row) == DocIdSetIterator.NO_MORE_DOCS) {
        break;
      }
      if (matches.docID() == row) {
        scores[at] = before >= 0 && rows[before] == row ? scores[before] : scorer.score();
        before = at;
      }
    }
    return scores;
  }

  /** Scores each accepted row by itself: where few are accepted. */
  private TextHits searchByScoring(TextData data, TextQuery query, int k) throws IOException {
    RowSet accept = query.accept();
    int[] rows =
        IntStream.iterate(accept.next(0), row -> row >= 0, row -> accept.next(row + 1)).toArray();
    float[] scores = scored(data, query, rows);
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

  private static void fetch(TextData data, TextClause clause) throws IOException {
    Set<String> terms = clause.terms().collect(Collectors.toCollection(LinkedHashSet::new));
    data.fetch(terms, Clauses.hasPhrase(clause) ? TextData.Need.PLACES : TextData.Need.SCORES);
  }

  private static FieldLeaf all(TextData data, int rows) {
    return new FieldLeaf(data, rows, null, rows);
  }

  private IndexSearcher searcher(FieldLeaf leaf, TextStatistics statistics) {
    return searcher(leaf, statistics, similarity);
  }

  private static IndexSearcher searcher(FieldLeaf leaf, TextStatistics statistics, Similarity by) {
    return new GlobalSearcher(leaf.getContext(), GlobalStatistics.of(statistics), by);
  }

  /** Whether many rows are looked at, or many places in each, of which nobody knows how many. */
  private static boolean isLong(TextQuery query) {
    return Clauses.hasPhrase(query.clause())
        || query.statistics().documentFrequencies().values().stream()
                .mapToLong(Long::longValue)
                .sum()
            > ROWS_OF_A_SHORT_SEARCH;
  }

  /** Null when no row is found, as Lucene has it. */
  private static @Nullable Scorer scorer(
      IndexSearcher searcher, FieldLeaf leaf, TextQuery query, ScoreMode mode) throws IOException {
    Query rewritten = searcher.rewrite(new Clauses(query.statistics()).query(query.clause()));
    return searcher.createWeight(rewritten, mode, 1).scorer(leaf.getContext());
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
