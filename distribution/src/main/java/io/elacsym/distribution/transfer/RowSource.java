package io.elacsym.distribution.transfer;

import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.util.Optional;

/** A file of documents, read from front to back by one thread. */
interface RowSource extends AutoCloseable {
  /** What a row is called in messages: {@code line} or {@code row}. */
  String rowName();

  /** The next row; empty at the end of the file. */
  Optional<Row> next() throws IOException;

  /** Bytes of the file that have been read, about. */
  long position();

  /** Bytes of the file. */
  long size();

  /**
   * Passes over rows that an earlier run has dealt with.
   *
   * @param rows how many, as counted by {@link #next}
   */
  default void skip(long rows) throws IOException {
    for (long row = 0; row < rows && next().isPresent(); row++) {
      // Reading is much faster than sending, so that no format needs an index of its rows.
    }
  }

  @Override
  void close() throws IOException;

  /** Opens a file again, once its namespace's schema is known. */
  interface Format {
    /** The schema that suits what the file holds. */
    Schema guessSchema() throws IOException;

    /**
     * Opens the file.
     *
     * @param schema of the namespace
     */
    RowSource open(Schema schema) throws IOException;
  }
}
