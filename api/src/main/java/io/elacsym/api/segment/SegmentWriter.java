package io.elacsym.api.segment;

/** Writes one segment, row by row in the order of the batches. For one thread. */
public interface SegmentWriter extends AutoCloseable {
  /** Appends a batch with exactly the columns of the schema; one without rows changes nothing. */
  void write(ColumnBatch batch);

  /** Completes the file. Nothing may be written after it. */
  void finish();

  /** Frees what is held. Without {@link #finish} before it, the file is abandoned. */
  @Override
  void close();
}
