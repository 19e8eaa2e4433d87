package io.elacsym.server.helidon.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the head of the next request, within limits of bytes and time. For one thread. */
final class HeadReader {
  /** Longest first line. */
  static final int MAX_LINE = 8 << 10;

  /** Bytes of all lines behind it. */
  static final int MAX_FIELDS = 16 << 10;

  private static final int MAX_FIELD_COUNT = 200;
  private static final int TLS_HANDSHAKE = 0x16;

  private final Incoming in;
  private final Patience patience;
  private boolean headWanted;

  HeadReader(Incoming in, Patience patience) {
    this.in = in;
    this.patience = patience;
  }

  /**
   * The next head; none when the client is done or silent.
   *
   * @param first whether the connection is new
   * @throws Refusal when it is no proper head
   * @throws TooSlow when it does not come in time
   * @throws ClientLeft when the connection ends inside of it
   */
  Optional<RequestHead> read(boolean first) throws IOException {
    Until wait = Until.in(first ? patience.head() : patience.idle());
    if (!in.await(wait)) {
      return Optional.empty();
    }
    Until until = Until.in(patience.head());
    if (in.peek() == TLS_HANDSHAKE) {
      throw Refusal.malformed("this is TLS, expected plain HTTP: the server has no certificate");
    }
    Lines lines = new Lines(in, until);
    String request = firstLine(lines);
    List<String> fields = new ArrayList<>();
    int left = MAX_FIELDS;
    while (true) {
      String line = lines.next(left, HeadReader::tooMuch);
      if (line.isEmpty()) {
        return Optional.of(HeadRules.check(request, fields));
      }
      if (fields.size() == MAX_FIELD_COUNT) {
        throw tooMuch();
      }
      left -= line.length() + 2;
      fields.add(line);
    }
  }

  private static Refusal tooMuch() {
    return new Refusal(
        431,
        "invalid_request",
        "the headers have more than "
            + MAX_FIELDS
            + " bytes or "
            + MAX_FIELD_COUNT
            + " lines; send less");
  }

  private static Refusal tooLong() {
    return new Refusal(
        414, "invalid_request", "the request line has more than " + MAX_LINE + " bytes");
  }

  private String firstLine(Lines lines) throws IOException {
    headWanted = false;
    try {
      String request = lines.next(MAX_LINE, HeadReader::tooLong);
      // An empty line before a request is what old clients leave behind a body.
      return request.isEmpty() ? lines.next(MAX_LINE, HeadReader::tooLong) : request;
    } finally {
      headWanted = lines.current().startsWith("HEAD ");
    }
  }

  /**
   * Whether the last request, as far as it came, asks for a head alone: then even a refusal of it
   * has no body (RFC 9110, 9.3.2).
   */
  boolean headWanted() {
    return headWanted;
  }

  /** Lines that end with CR and LF, both. */
  static final class Lines {
    private final Incoming in;
    private final Until until;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(80);

    Lines(Incoming in, Until until) {
      this.in = in;
      this.until = until;
    }

    /** The line that is being read, or was read last, as far as it came. */
    String current() {
      return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** The next line without its end. */
    String next(int limit, Supplier<Refusal> tooLong) throws IOException {
      line.reset();
      while (true) {
        int b = in.next(until);
        if (b == '\r') {
          if (in.next(until) != '\n') {
            throw Refusal.malformed("a line has CR without LF, expected CR LF at its end");
          }
          return current();
        }
        if (b == '\n') {
          throw Refusal.malformed("a line ends with LF alone, expected CR LF");
        }
        if (line.size() >= limit) {
          throw tooLong.get();
        }
        line.write(b);
      }
    }
  }
}
