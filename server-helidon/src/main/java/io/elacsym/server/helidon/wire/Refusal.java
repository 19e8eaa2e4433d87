package io.elacsym.server.helidon.wire;

import io.elacsym.engine.model.Strings;

/** A request that is answered before anyone knows what it wants, because it is no proper HTTP. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String text;

  Refusal(int status, String code, String text) {
    super(text, null, false, false);
    this.status = status;
    this.code = code;
    this.text = text;
  }

  /** A violation of the protocol. */
  static Refusal malformed(String text) {
    return new Refusal(400, "invalid_request", text);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  /** What is wrong, for the client. */
  String text() {
    return text;
  }

  /** A part of a request, fit for a message: printable and not too long. */
  static String shown(String part) {
    return Strings.shown(part.replaceAll("[^\\x20-\\x7e]", "?"));
  }
}
