package io.elacsym.server.helidon.wire;

/** Where a request's body ends. */
public sealed interface Framing {
  /** There is no body. */
  record None() implements Framing {}

  /**
   * The head tells its length.
   *
   * @param bytes at least 1
   */
  record Length(long bytes) implements Framing {}

  /** It comes in chunks, the last of which is empty. */
  record Chunked() implements Framing {}
}
