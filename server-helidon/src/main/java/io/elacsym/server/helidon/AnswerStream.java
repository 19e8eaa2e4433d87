package io.elacsym.server.helidon;

import io.elacsym.server.helidon.mapping.Json;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sends an answer while it is written: a short one with its length, a long one in chunks. Clients
 * that end the connection with it, among them all of HTTP/1.0, which know no chunks, get its length
 * always; to know it the answer is written twice. For one thread.
 */
final class AnswerStream extends OutputStream {
  private static final int SHORT = 64 << 10;

  private final ServerResponse response;
  private byte[] start = new byte[4 << 10];
  private int length;
  private long written;
  private Optional<OutputStream> rest = Optional.empty();

  private AnswerStream(ServerResponse response) {
    this.response = response;
  }

  /**
   * Sends an answer whose status and headers are set.
   *
   * @return how many bytes it has
   */
  static long send(Json.Writing answer, ServerRequest request, ServerResponse response) {
    try {
      if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
        Counted counted = new Counted();
        Json.write(answer, counted);
        response.header(HeaderNames.CONTENT_LENGTH, Long.toString(counted.bytes));
      }
      AnswerStream stream = new AnswerStream(response);
      Json.write(answer, stream);
      stream.finish();
      return stream.written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    written += count;
    if (rest.isEmpty() && length + count > SHORT) {
      OutputStream out = response.outputStream();
      out.write(start, 0, length);
      start = new byte[0];
      rest = Optional.of(out);
    }
    if (rest.isPresent()) {
      rest.get().write(bytes, offset, count);
      return;
    }
    if (length + count > start.length) {
      start = Arrays.copyOf(start, Math.min(SHORT, Math.max(length + count, start.length * 2)));
    }
    System.arraycopy(bytes, offset, start, length, count);
    length += count;
  }

  private void finish() throws IOException {
    if (rest.isPresent()) {
      rest.get().close();
    } else {
      response.send(Arrays.copyOf(start, length));
    }
  }

  /** Counts bytes and forgets them. */
  private static final class Counted extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] all, int offset, int count) {
      bytes += count;
    }
  }
}
