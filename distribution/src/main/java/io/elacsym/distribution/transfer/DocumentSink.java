package io.elacsym.distribution.transfer;

import java.io.IOException;

/** Where exported documents go. For one thread. */
interface DocumentSink {
  /** Writes what stands before the first document. */
  default void start() throws IOException {}

  /**
   * Writes the document that stands in {@code json[from..to)}, without spaces between its parts.
   */
  void write(byte[] json, int from, int to) throws IOException;
}
