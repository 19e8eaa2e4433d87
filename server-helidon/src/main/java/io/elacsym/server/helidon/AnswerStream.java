package io.elacsym.server.helidon;

import io.elacsym.server.helidon.mapping.Json;
import io.elacsym.server.helidon.wire.RequestHead;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sends an answer while it is written: a short one with its length, a long one in chunks, each
 * compressed if its client takes that. Clients of HTTP/1.0, which know no chunks, get its length
 * always; to know it the answer is written twice. For one thread.
 */
final class AnswerStream extends OutputStream {
  private static final int SHORT = 64 << 10;

  private final RequestHead head;
  private final ServerResponse response;
  private byte[] start = new byte[4 << 10];
  private int length;
  private long written;
  private Optional<OutputStream> rest = Optional.empty();

  private AnswerStream(RequestHead head, ServerResponse response) {
    this.head = head;
    this.response = response;
  }

  /**
   * Sends an answer that is in memory, whose status and other headers are set.
   *
   * @return how many bytes it has, not compressed
   */
  static long send(byte[] body, RequestHead head, ServerResponse response) {
    boolean large = body.length >= GzipAnswers.WORTH_IT;
    response.header(HeaderNames.VARY, large ? "Accept-Encoding, Origin" : "Origin");
    if (large && GzipAnswers.accepted(head)) {
      response.header(HeaderNames.CONTENT_ENCODING, "gzip");
      response.send(GzipAnswers.compress(body));
    } else {
      response.send(body);
    }
    return body.length;
  }

  /**
   * Sends an answer that is written meanwhile, whose status and other headers are set.
   *
   * @return how many bytes it has, not compressed
   */
  static long send(Json.Writing answer, RequestHead head, ServerResponse response) {
    try {
      if (head.old()) {
        Counted counted = new Counted();
        Json.write(answer, counted);
        response.header(HeaderNames.CONTENT_LENGTH, Long.toString(counted.bytes));
      }
      AnswerStream stream = new AnswerStream(head, response);
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
      OutputStream out = begin();
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
      send(Arrays.copyOf(start, length), head, response);
    }
  }

  private OutputStream begin() throws IOException {
    response.header(HeaderNames.VARY, "Accept-Encoding, Origin");
    if (head.old() || !GzipAnswers.accepted(head)) {
      return response.outputStream();
    }
    response.header(HeaderNames.CONTENT_ENCODING, "gzip");
    return GzipAnswers.compressing(response.outputStream());
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
