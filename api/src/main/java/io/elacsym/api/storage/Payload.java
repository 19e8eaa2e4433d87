package io.elacsym.api.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a put. May be opened several times, each time from the start. */
public interface Payload {
  /** How many bytes each opened stream yields. */
  long size();

  /**
   * Opens it from its start. Whoever opens a stream closes it, also when reading it fails: none is
   * open any more when the put has returned.
   */
  InputStream open() throws IOException;

  /** Bytes in memory; they must not change until the put has returned. */
  static Payload of(byte[] bytes) {
    return new Payload() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  /** A file; it must not change until the put has returned. */
  static Payload of(Path file) throws IOException {
    long size = Files.size(file);
    return new Payload() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }
    };
  }
}
