package io.elacsym.api.index;

import io.elacsym.api.EncodingProvider;
import io.elacsym.api.PluginContext;

/** A kind of vector index. One index covers one vector field of one segment. */
public interface VectorIndexProvider extends EncodingProvider {
  /**
   * Builds an index in memory. Long work: it uses up to {@link PluginContext#parallelism} threads,
   * which have ended when it returns, and calls {@link PluginContext#checkCancelled} throughout,
   * every few milliseconds and at least once for a thousand vectors.
   */
  VectorIndexBuild build(VectorIndexInput input, PluginContext context);

  /**
   * Opens an index whose encoding {@link #canRead} has accepted.
   *
   * @throws io.elacsym.api.ElacsymException {@code CORRUPT} when the bytes are no such index
   */
  VectorIndexReader open(StoredVectorIndex index, PluginContext context);
}
