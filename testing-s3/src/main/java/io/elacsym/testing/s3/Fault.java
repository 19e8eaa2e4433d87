package io.elacsym.testing.s3;

import java.util.List;

/** What goes wrong with one request on its way through a {@link FaultyProxy}. */
public sealed interface Fault {
  /** The connection is cut before the server sees anything. */
  Fault CUT_BEFORE = new Cut(Cut.Place.BEFORE);

  /** The server does what is asked, but the connection is cut in place of its answer. */
  Fault CUT_ANSWER = new Cut(Cut.Place.ANSWER);

  /** The connection is cut in the middle of the answer's body, or of its head if it has no body. */
  Fault CUT_BODY = new Cut(Cut.Place.BODY);

  /** The server does what is asked, but nothing comes back, until the client hangs up. */
  Fault STALL = new Stall(false);

  /** Half of the answer's body comes back and no more, until the client hangs up. */
  Fault STALL_BODY = new Stall(true);

  /** The server sees nothing and this HTTP status is the answer, with S3's words for it. */
  static Fault answer(int status, String code) {
    return new Answer(status, code, "made by a faulty proxy", List.of());
  }

  /** The same with a text of its own, and headers such as {@code x-amz-request-id: 1}. */
  static Fault answer(int status, String code, String text, String... headers) {
    return new Answer(status, code, text, List.of(headers));
  }

  /** A connection that ends early. */
  record Cut(Place place) implements Fault {
    /** Where it ends. */
    enum Place {
      BEFORE,
      ANSWER,
      BODY
    }
  }

  /**
   * A connection that falls silent.
   *
   * @param inBody after half of the answer's body; else before the answer
   */
  record Stall(boolean inBody) implements Fault {}

  /**
   * An answer that the server did not give.
   *
   * @param status of HTTP, such as 503
   * @param code of S3, such as {@code SlowDown}
   * @param text for people; not in an answer to HEAD, which has no body
   */
  record Answer(int status, String code, String text, List<String> headers) implements Fault {}
}
