package io.elacsym.engine.segment;

import io.elacsym.engine.blob.BlobStore;

/**
 * Counts the bytes that one open segment keeps in memory besides the caches; the memory cache may
 * hold that many bytes less. Safe for use by many threads.
 */
final class Held {
  private final BlobStore blobs;
  private long bytes;
  private boolean released;

  Held(BlobStore blobs) {
    this.blobs = blobs;
  }

  /**
   * Counts more bytes.
   *
   * @param more fewer when negative
   */
  synchronized void add(long more) {
    if (!released && more != 0) {
      bytes += more;
      blobs.hold(more);
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  /** The segment is closed. */
  synchronized void release() {
    released = true;
    blobs.hold(-bytes);
    bytes = 0;
  }
}
