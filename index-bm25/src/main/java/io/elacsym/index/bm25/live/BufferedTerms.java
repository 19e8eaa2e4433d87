package io.elacsym.index.bm25.live;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.lucene.index.BaseTermsEnum;
import org.apache.lucene.index.ImpactsEnum;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SlowImpactsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a {@link PostingsBuffer} with their postings below a limit. Each can be looked up at
 * once; only a walk over all of them, which the writer makes, sorts them.
 */
final class BufferedTerms extends Terms {
  private final Map<String, PostingList> lists;
  private final int rowLimit;

  BufferedTerms(Map<String, PostingList> lists, int rowLimit) {
    this.lists = lists;
    this.rowLimit = rowLimit;
  }

  private record Entry(BytesRef term, PostingList.State postings) {}

  @Override
  public TermsEnum iterator() {
    return new Cursor(term -> true);
  }

  /** Only what matches is sorted. */
  @Override
  public TermsEnum intersect(CompiledAutomaton automaton, @Nullable BytesRef startTerm) {
    return new Cursor(term -> automaton.runAutomaton.run(term.bytes, term.offset, term.length));
  }

  private Entry[] sorted(Predicate<BytesRef> wanted) {
    Entry[] sorted =
        lists.entrySet().stream()
            .map(entry -> new Entry(new BytesRef(entry.getKey()), entry.getValue().state()))
            .filter(entry -> wanted.test(entry.term()))
            .toArray(Entry[]::new);
    Arrays.sort(sorted, (a, b) -> a.term.compareTo(b.term));
    return sorted;
  }

  private final class Cursor extends BaseTermsEnum {
    private final Predicate<BytesRef> wanted;
    private Entry[] walked = {};
    private int next = -1;
    private Entry current = new Entry(new BytesRef(), new PostingList().state());

    Cursor(Predicate<BytesRef> wanted) {
      this.wanted = wanted;
    }

    @Override
    @SuppressWarnings("NullAway") // Lucene's contract: null is the end
    public BytesRef next() {
      if (next < 0) {
        walked = sorted(wanted);
        next = 0;
      }
      if (next == walked.length) {
        return null;
      }
      current = walked[next++];
      return current.term;
    }

    /**
     * A term without a row below the limit is not there, so that two look-ups by one search, before
     * and after another thread has added such a row, have the same answer.
     */
    @Override
    public boolean seekExact(BytesRef term) {
      PostingList list = lists.get(term.utf8ToString());
      if (list == null) {
        return false;
      }
      PostingList.State postings = list.state();
      if (new BufferedPostings(postings, rowLimit).nextDoc() == DocIdSetIterator.NO_MORE_DOCS) {
        return false;
      }
      current = new Entry(BytesRef.deepCopyOf(term), postings);
      return true;
    }

    @Override
    public BytesRef term() {
      return current.term;
    }

    @Override
    public int docFreq() {
      PostingList.State postings = current.postings;
      if (postings.lastRow() < rowLimit) {
        return postings.count();
      }
      BufferedPostings visible = new BufferedPostings(postings, rowLimit);
      int count = 0;
      while (visible.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        count++;
      }
      return count;
    }

    /** A lower bound, which is enough for Lucene: statistics come with each query. */
    @Override
    public long totalTermFreq() {
      return docFreq();
    }

    @Override
    public PostingsEnum postings(PostingsEnum reuse, int flags) {
      return new BufferedPostings(current.postings, rowLimit);
    }

    /** Without bounds per block: the live buffer is scored row by row. */
    @Override
    public ImpactsEnum impacts(int flags) {
      return new SlowImpactsEnum(new BufferedPostings(current.postings, rowLimit));
    }

    @Override
    public SeekStatus seekCeil(BytesRef text) {
      throw new UnsupportedOperationException("terms are looked up one by one");
    }

    @Override
    public void seekExact(long ord) {
      throw new UnsupportedOperationException("terms have no ordinals");
    }

    @Override
    public long ord() {
      throw new UnsupportedOperationException("terms have no ordinals");
    }
  }

  @Override
  public long size() {
    return lists.size();
  }

  @Override
  public long getSumTotalTermFreq() {
    return -1;
  }

  @Override
  public long getSumDocFreq() {
    return -1;
  }

  @Override
  public int getDocCount() {
    return -1;
  }

  @Override
  public boolean hasFreqs() {
    return true;
  }

  @Override
  public boolean hasOffsets() {
    return false;
  }

  @Override
  public boolean hasPositions() {
    return true;
  }

  @Override
  public boolean hasPayloads() {
    return false;
  }
}
