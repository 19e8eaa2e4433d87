package io.elacsym.distribution.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file that is read once, possibly compressed, and knows how far it has been read. */
final class InputFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final InputStream content;
  private final Counted counted;
  private final long size;

  private InputFile(InputStream content, Counted counted, long size) {
    this.content = content;
    this.counted = counted;
    this.size = size;
  }

  /** Opens a file; one that ends in {@code .gz} is unpacked. */
  static InputFile open(Path path) throws IOException {
    Counted counted = new Counted(Files.newInputStream(path));
    InputStream content =
        path.toString().endsWith(".gz") ? new GZIPInputStream(counted, BUFFER) : counted;
    return new InputFile(content, counted, Files.size(path));
  }

  InputStream content() {
    return content;
  }

  /** How many bytes of the file have been read, compressed as they are there. */
  long position() {
    return counted.count;
  }

  long size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private static final class Counted extends FilterInputStream {
    private volatile long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      advance(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      advance(Math.max(read, 0));
      return read;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, others look
    private void advance(int bytes) {
      count += bytes;
    }
  }
}
