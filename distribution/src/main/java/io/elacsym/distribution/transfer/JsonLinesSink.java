package io.elacsym.distribution.transfer;

import java.io.IOException;
import java.io.OutputStream;

/** One document a line, as the bytes the server sent. */
final class JsonLinesSink implements DocumentSink {
  private final OutputStream out;

  JsonLinesSink(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(byte[] json, int from, int to) throws IOException {
    out.write(json, from, to - from);
    out.write('\n');
  }
}
