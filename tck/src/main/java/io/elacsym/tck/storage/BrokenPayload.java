package io.elacsym.tck.storage;

import io.elacsym.api.storage.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A payload whose stream stops before its size is reached.
 *
 * @param size what it claims to have
 * @param available how many bytes it yields
 * @param throwing whether it then throws, or just ends
 */
record BrokenPayload(long size, int available, boolean throwing) implements Payload {
  @Override
  public InputStream open() {
    InputStream bytes = new ByteArrayInputStream(new byte[available]);
    return new InputStream() {
      @Override
      public int read() throws IOException {
        int next = bytes.read();
        return next < 0 ? end() : next;
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        int count = bytes.read(to, offset, length);
        return count < 0 ? end() : count;
      }

      private int end() throws IOException {
        if (throwing) {
          throw new IOException("the disk of the payload is broken");
        }
        return -1;
      }
    };
  }
}
