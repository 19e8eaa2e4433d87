package io.elacsym.index.ivf.search;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.VectorMath;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexCapabilities;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.index.codes.Similarity;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import java.util.function.Consumer;

/** An open index. Safe for use by many threads. */
public final class IvfReader implements VectorIndexReader {
  private static final VectorIndexCapabilities CAPABILITIES =
      new VectorIndexCapabilities(false, true);

  private final BlobHead head;
  private final BlobSource source;
  private final Similarity similarity;
  private final HeldLists held;
  private final Runnable checkCancelled;

  /**
   * @param checkCancelled throws when a search should end
   */
  public IvfReader(BlobHead head, BlobSource source, VectorMath math, Runnable checkCancelled) {
    this.checkCancelled = checkCancelled;
    this.head = head;
    this.source = source;
    this.similarity = new Similarity(head.footer().metric(), math);
    this.held = new HeldLists(head.table().lists());
  }

  @Override
  public VectorIndexCapabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public VectorHits search(VectorQuery query) {
    return search(query, rows -> {});
  }

  @Override
  public VectorHits search(VectorQuery query, Consumer<int[]> likely) {
    int dimension = head.footer().dimension();
    if (query.vector().length != dimension) {
      throw ElacsymException.invalid(
          "the query has " + query.vector().length + " components, expected " + dimension);
    }
    if (query.accept().rowCount() != head.footer().segmentRows()) {
      throw ElacsymException.invalid(
          "the filter is over "
              + query.accept().rowCount()
              + " rows, expected "
              + head.footer().segmentRows());
    }
    if (query.k() < 1) {
      throw ElacsymException.invalid("k is " + query.k() + ", expected 1 or more");
    }
    return new IvfSearch(head, source, similarity, held, query, likely, checkCancelled).run();
  }

  @Override
  public int count() {
    return head.footer().count();
  }

  @Override
  public void close() {
    held.clear();
  }
}
