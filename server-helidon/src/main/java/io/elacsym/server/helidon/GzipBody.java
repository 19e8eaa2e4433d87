package io.elacsym.server.helidon;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A request body that is compressed with gzip. */
final class GzipBody extends GZIPInputStream {
  private static final int BUFFER = 16 << 10;

  /** The JDK calls itself for each member without data, and its stack is finite. */
  private static final int MAX_EMPTY_MEMBERS = 100;

  private int depth;

  GzipBody(InputStream in) throws IOException {
    super(in, BUFFER);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (depth > MAX_EMPTY_MEMBERS) {
      throw new ZipException("more than " + MAX_EMPTY_MEMBERS + " empty gzip members in a row");
    }
    depth++;
    try {
      return super.read(target, offset, length);
    } finally {
      depth--;
    }
  }
}
