package io.elacsym.index.bm25.search;

import io.elacsym.api.index.TextStatistics;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.util.BytesRef;

/**
 * The statistics of a query in the form in which Lucene's similarity takes them.
 *
 * <p>A term that no live row has, or more rows than documents, cannot come from one snapshot of the
 * data; such counts are brought into range, so that they give a poor score rather than a failure.
 */
record GlobalStatistics(TextStatistics given, CollectionStatistics collection) {
  static GlobalStatistics of(TextStatistics given) {
    long documents = Math.max(1, given.documents());
    long totalTerms = Math.max(documents, given.totalTerms());
    return new GlobalStatistics(
        given,
        new CollectionStatistics(TextData.FIELD, documents, documents, totalTerms, documents));
  }

  TermStatistics term(BytesRef bytes, String text) {
    long rows = given.documentFrequency(text);
    long inRange = Math.clamp(rows, 1, collection.docCount());
    return new TermStatistics(bytes, inRange, inRange);
  }
}
