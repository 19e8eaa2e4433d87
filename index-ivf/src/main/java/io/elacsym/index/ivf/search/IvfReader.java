package io.elacsym.index.ivf.search;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.VectorMath;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexCapabilities;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.index.codes.Similarity;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Consumer;

/** An open index. Safe for use by many threads. */
public final class IvfReader implements VectorIndexReader {
  private static final VectorIndexCapabilities CAPABILITIES =
      new VectorIndexCapabilities(false, true);

  private final BlobHead head;
  private final Similarity similarity;
  private final HeldLists<MemorySegment> codes;
  private final HeldLists<List<VectorRun>> lists;
  private final ListReads reads;
  private final ItemVectors vectors;
  private final Runnable checkCancelled;

  /**
   * Opens an index.
   *
   * @param checkCancelled throws when a search should end
   */
  public IvfReader(StoredVectorIndex index, VectorMath math, Runnable checkCancelled) {
    this.checkCancelled = checkCancelled;
    this.head = BlobHead.read(index.field(), index.blob(), index.segmentRows());
    this.similarity = new Similarity(head.footer().metric(), math);
    this.codes = new HeldLists<>(head.table().lists());
    this.lists = new HeldLists<>(head.table().lists());
    this.reads = new ListReads(head, index.blob(), codes);
    this.vectors = ItemVectors.of(head, index);
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
    return new IvfSearch(head, reads, vectors, lists, similarity, query, likely, checkCancelled)
        .run();
  }

  @Override
  public int count() {
    return head.footer().count();
  }

  @Override
  public void close() {
    codes.clear();
    lists.clear();
  }
}
