package io.elacsym.api.index;

import io.elacsym.api.Encoding;
import io.elacsym.api.blob.BlobSink;
import java.util.Optional;

/** A finished build, not yet written. For one thread. */
public interface VectorIndexBuild extends AutoCloseable {
  /**
   * The order in which the index wants the segment's rows: {@code order[newRow] = oldRow}, a
   * permutation of all segment rows (also of those without a vector). Empty: leave them as they
   * are. Only ever present when the build was told that it may reorder.
   */
  Optional<int[]> rowOrder();

  /** How the blob will be encoded. */
  Encoding encoding();

  /** Writes the index. Rows are numbered in the new order, if {@link #rowOrder} gave one. */
  void write(BlobSink sink);

  @Override
  default void close() {}
}
