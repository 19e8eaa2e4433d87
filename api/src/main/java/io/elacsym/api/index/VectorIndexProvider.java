package io.elacsym.api.index;

import io.elacsym.api.Encoding;
import io.elacsym.api.EncodingProvider;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSource;

/** A kind of vector index. One index covers one vector field of one segment. */
public interface VectorIndexProvider extends EncodingProvider {
  /**
   * Builds an index in memory. Long work: it uses up to {@link PluginContext#parallelism} threads
   * and calls {@link PluginContext#checkCancelled}.
   *
   * @param rows the vectors, at least one
   * @param mayReorder whether the segment can still be laid out in the index's own row order; false
   *     when an index is rebuilt for a stored segment, or another field decides the order
   */
  VectorIndexBuild build(
      VectorField field, VectorRows rows, boolean mayReorder, PluginContext context);

  /**
   * Opens an index written as {@code stored}, which {@link #canRead} has accepted.
   *
   * @param segmentRows how many rows the segment has
   * @throws io.elacsym.api.ElacsymException {@code CORRUPT} when the bytes are no such index
   */
  VectorIndexReader open(
      VectorField field,
      BlobSource source,
      Encoding stored,
      int segmentRows,
      PluginContext context);
}
