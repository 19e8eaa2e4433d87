package io.elacsym.api.blob;

import java.lang.foreign.MemorySegment;

/**
 * Where a plugin writes one blob, from front to back. For one thread. The host decides when and
 * whether the blob becomes visible: a writer that throws leaves nothing behind.
 */
public interface BlobSink {
  /** Appends bytes; they may be reused when this returns. */
  void write(byte[] bytes, int offset, int length);

  default void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  /** Appends bytes of any memory. */
  void write(MemorySegment bytes);

  /** How many bytes have been written. */
  long position();
}
