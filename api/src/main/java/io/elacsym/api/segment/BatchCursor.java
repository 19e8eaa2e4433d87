package io.elacsym.api.segment;

import java.util.Optional;

/** Batches one after the other. For one thread; close it when done, also before its end. */
public interface BatchCursor extends AutoCloseable {
  /** The next batch, which has at least one row; empty at the end. */
  Optional<ColumnBatch> next();

  @Override
  void close();
}
