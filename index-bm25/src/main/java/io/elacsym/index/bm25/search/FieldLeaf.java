package io.elacsym.index.bm25.search;

import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafMetaData;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.TermVectors;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.Version;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TextData} as the index that one search of Lucene's runs over: rows below a limit, of
 * which some may count as deleted. Made for each search, because both come with the query.
 */
@SuppressWarnings("NullAway") // Lucene's contract: null where an index has no such thing
final class FieldLeaf extends LeafReader {
  private final TextData data;
  private final int rowLimit;
  private final @Nullable Bits accepted;
  private final int acceptedCount;

  /**
   * @param accepted the rows that exist for this search; null when all do
   * @param acceptedCount how many these are
   */
  FieldLeaf(TextData data, int rowLimit, @Nullable Bits accepted, int acceptedCount) {
    this.data = data;
    this.rowLimit = rowLimit;
    this.accepted = accepted;
    this.acceptedCount = acceptedCount;
  }

  @Override
  public Terms terms(String field) {
    return data.terms(rowLimit);
  }

  @Override
  public NumericDocValues getNormValues(String field) {
    return data.norms(rowLimit);
  }

  @Override
  public FieldInfos getFieldInfos() {
    return TextData.FIELDS;
  }

  @Override
  public Bits getLiveDocs() {
    return accepted;
  }

  @Override
  public int numDocs() {
    return acceptedCount;
  }

  @Override
  public int maxDoc() {
    return rowLimit;
  }

  @Override
  public LeafMetaData getMetaData() {
    return new LeafMetaData(Version.LATEST.major, Version.LATEST, null, false);
  }

  @Override
  public void checkIntegrity() {}

  @Override
  protected void doClose() {}

  @Override
  public CacheHelper getCoreCacheHelper() {
    return null;
  }

  @Override
  public CacheHelper getReaderCacheHelper() {
    return null;
  }

  @Override
  public NumericDocValues getNumericDocValues(String field) {
    return null;
  }

  @Override
  public BinaryDocValues getBinaryDocValues(String field) {
    return null;
  }

  @Override
  public SortedDocValues getSortedDocValues(String field) {
    return null;
  }

  @Override
  public SortedNumericDocValues getSortedNumericDocValues(String field) {
    return null;
  }

  @Override
  public SortedSetDocValues getSortedSetDocValues(String field) {
    return null;
  }

  @Override
  public DocValuesSkipper getDocValuesSkipper(String field) {
    return null;
  }

  @Override
  public PointValues getPointValues(String field) {
    return null;
  }

  @Override
  public FloatVectorValues getFloatVectorValues(String field) {
    return null;
  }

  @Override
  public ByteVectorValues getByteVectorValues(String field) {
    return null;
  }

  @Override
  public void searchNearestVectors(
      String field, float[] target, KnnCollector collector, AcceptDocs acceptDocs) {}

  @Override
  public void searchNearestVectors(
      String field, byte[] target, KnnCollector collector, AcceptDocs acceptDocs) {}

  @Override
  public StoredFields storedFields() {
    throw new UnsupportedOperationException("documents lie in the segment");
  }

  @Override
  public TermVectors termVectors() {
    throw new UnsupportedOperationException("there are no term vectors");
  }
}
