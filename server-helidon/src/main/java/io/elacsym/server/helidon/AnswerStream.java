package io.elacsym.server.helidon;

import io.elacsym.server.helidon.json.Json;
import io.elacsym.server.helidon.wire.RequestHead;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sends an answer while it is written: a short one with its length, a long one in chunks, each
 * compressed if its client takes that. Clients of HTTP/1.0, which know no chunks, get the length of
 * a long one, too, which is not compressed then; to know it the answer is written twice. For one
 * thread.
 */
final class AnswerStream extends OutputStream {
  private static final int SHORT = 64 << 10;
  private static final int FIRST = 4 << 10;

  private final Json.Writing answer;
  private final RequestHead head;
  private final ServerResponse response;
  private final AnswerLimits.Share share;
  private byte[] start = new byte[FIRST];
  private int length;
  private long written;
  private Optional<OutputStream> rest = Optional.empty();
  private Optional<GzipAnswers.Packed> packed = Optional.empty();

  private AnswerStream(
      Json.Writing answer, RequestHead head, ServerResponse response, AnswerLimits.Share share) {
    this.answer = answer;
    this.head = head;
    this.response = response;
    this.share = share;
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
   * @param share what a short answer takes while it is put together; what finds no room goes out in
   *     pieces from the start
   * @return how many bytes it has, not compressed
   */
  static long send(
      Json.Writing answer, RequestHead head, ServerResponse response, AnswerLimits.Share share) {
    AnswerStream stream = new AnswerStream(answer, head, response, share);
    try {
      Json.write(answer, stream);
      stream.finish();
      return stream.written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      stream.packed.ifPresent(GzipAnswers.Packed::release);
    }
  }

  /**
   * Sends an answer that comes from elsewhere, whose status and other headers are set. Its body is
   * closed then.
   *
   * @return how many bytes it has, not compressed
   */
  static long relay(InputStream from, RequestHead head, ServerResponse response) {
    try (from) {
      byte[] first = from.readNBytes(SHORT + 1);
      if (first.length <= SHORT) {
        return send(first, head, response);
      }
      if (head.old()) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(2 * first.length);
        whole.write(first);
        from.transferTo(whole);
        return send(whole.toByteArray(), head, response);
      }
      response.header(HeaderNames.VARY, "Accept-Encoding, Origin");
      if (!GzipAnswers.accepted(head)) {
        try (OutputStream out = response.outputStream()) {
          out.write(first);
          return first.length + from.transferTo(out);
        }
      }
      response.header(HeaderNames.CONTENT_ENCODING, "gzip");
      GzipAnswers.Packed packed = GzipAnswers.compressing(response.outputStream());
      try {
        packed.write(first);
        long all = first.length + from.transferTo(packed);
        packed.close();
        return all;
      } finally {
        packed.release();
      }
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
    if (rest.isEmpty() && !hasRoom(length + count)) {
      OutputStream out = begin();
      out.write(start, 0, length);
      start = new byte[0];
      rest = Optional.of(out);
    }
    if (rest.isPresent()) {
      rest.get().write(bytes, offset, count);
      return;
    }
    System.arraycopy(bytes, offset, start, length, count);
    length += count;
  }

  /** Makes room for a start of so many bytes, unless the answer is long or all room is taken. */
  private boolean hasRoom(int bytes) {
    if (bytes <= start.length) {
      return true;
    }
    int larger = Math.min(SHORT, Math.max(bytes, start.length * 2));
    // It is copied once more to be sent.
    if (bytes > SHORT || !share.takes(2L * (larger - start.length))) {
      return false;
    }
    start = Arrays.copyOf(start, larger);
    return true;
  }

  private void finish() throws IOException {
    if (rest.isPresent()) {
      rest.get().close();
    } else {
      byte[] all = Arrays.copyOf(start, length);
      start = new byte[0];
      send(all, head, response);
    }
  }

  private OutputStream begin() throws IOException {
    response.header(HeaderNames.VARY, "Accept-Encoding, Origin");
    if (head.old()) {
      Counted counted = new Counted();
      Json.write(answer, counted);
      response.header(HeaderNames.CONTENT_LENGTH, Long.toString(counted.bytes));
      return response.outputStream();
    }
    if (!GzipAnswers.accepted(head)) {
      return response.outputStream();
    }
    response.header(HeaderNames.CONTENT_ENCODING, "gzip");
    GzipAnswers.Packed out = GzipAnswers.compressing(response.outputStream());
    packed = Optional.of(out);
    return out;
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
