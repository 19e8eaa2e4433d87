package io.elacsym.index.bm25.live;

import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.index.bm25.analysis.LanguageAnalyzer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.util.SmallFloat;

/**
 * Rows turned into postings, in memory. One thread adds; many may read what was added before they
 * were told of it.
 */
public final class PostingsBuffer {
  private final Map<String, PostingList> lists = new ConcurrentHashMap<>();
  private final LanguageAnalyzer analyzer;

  /** Lists with an occurrence in the row being added. */
  private final List<PostingList> touched = new ArrayList<>();

  private int tokens;
  private volatile Rows rows = new Rows(new int[16], new byte[16], new int[16], new long[16], 0);

  public PostingsBuffer(LanguageAnalyzer analyzer) {
    this.analyzer = analyzer;
  }

  /**
   * All rows up to some moment; what lies beyond {@code count} in the arrays belongs to later ones.
   *
   * @param lengths terms of each row, 0 for rows that were left out
   * @param norms the same, rounded as Lucene does
   * @param documents rows with terms up to and including each row
   * @param terms terms of these rows
   * @param count the last row added, plus 1
   */
  public record Rows(int[] lengths, byte[] norms, int[] documents, long[] terms, int count) {
    long documentsBelow(int row) {
      int last = Math.min(row, count) - 1;
      return last < 0 ? 0 : documents[last];
    }

    long termsBelow(int row) {
      int last = Math.min(row, count) - 1;
      return last < 0 ? 0 : terms[last];
    }

    public int length(int row) {
      return row < count ? lengths[row] : 0;
    }
  }

  public Rows rows() {
    return rows;
  }

  /** The postings of every term; grows while rows are added. */
  Map<String, PostingList> lists() {
    return lists;
  }

  public void add(int row, List<String> values) {
    int next = rows.count;
    if (row < next) {
      throw new IllegalArgumentException("row " + row + ", expected at least " + next);
    }
    tokens = 0;
    touched.clear();
    int from = 0;
    for (String value : values) {
      int begin = from;
      int[] after = {begin};
      analyzer.forEachToken(
          value,
          token -> {
            count(token.term(), row, begin + token.position());
            after[0] = begin + token.position() + 1;
          });
      from = after[0] + TextIndexWriter.GAP;
    }
    touched.forEach(PostingList::publish);
    addRow(row, tokens);
  }

  private void count(String term, int row, int position) {
    tokens++;
    PostingList list = lists.get(term);
    if (list == null) {
      list = new PostingList();
      lists.put(term, list);
    }
    if (list.occurs(row, position)) {
      touched.add(list);
    }
  }

  private void addRow(int row, int length) {
    Rows before = rows;
    int[] lengths = before.lengths;
    byte[] norms = before.norms;
    int[] documents = before.documents;
    long[] terms = before.terms;
    if (row >= lengths.length) {
      int capacity = Math.max(row + 1, lengths.length + (lengths.length >> 1));
      lengths = Arrays.copyOf(lengths, capacity);
      norms = Arrays.copyOf(norms, capacity);
      documents = Arrays.copyOf(documents, capacity);
      terms = Arrays.copyOf(terms, capacity);
    }
    Arrays.fill(documents, before.count, row + 1, (int) before.documentsBelow(row));
    Arrays.fill(terms, before.count, row + 1, before.termsBelow(row));
    if (length > 0) {
      lengths[row] = length;
      norms[row] = SmallFloat.intToByte4(length);
      documents[row]++;
      terms[row] += length;
    }
    rows = new Rows(lengths, norms, documents, terms, row + 1);
  }
}
