package io.elacsym.index.bm25.search;

import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.Similarity;

/** Scores by nothing but how often something is there. */
final class Occurrences extends Similarity {
  static final Occurrences INSTANCE = new Occurrences();

  private static final SimScorer FREQUENCY =
      new SimScorer() {
        @Override
        public float score(float frequency, long norm) {
          return frequency;
        }
      };

  private Occurrences() {}

  @Override
  public SimScorer scorer(
      float boost, CollectionStatistics collection, TermStatistics... statistics) {
    return FREQUENCY;
  }
}
