package io.elacsym.index.bm25.search;

import org.apache.lucene.index.IndexReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.Similarity;

/** Searches one leaf with the statistics of the whole namespace instead of its own. */
final class GlobalSearcher extends IndexSearcher {
  private final GlobalStatistics statistics;

  GlobalSearcher(IndexReaderContext leaf, GlobalStatistics statistics, Similarity similarity) {
    super(leaf);
    this.statistics = statistics;
    setSimilarity(similarity);
    setQueryCache(null);
  }

  @Override
  public TermStatistics termStatistics(Term term, int docFreq, long totalTermFreq) {
    return statistics.term(term.bytes(), term.text());
  }

  @Override
  public CollectionStatistics collectionStatistics(String field) {
    return statistics.collection();
  }
}
