package io.elacsym.server.helidon.wire;

/** What the body of an error looks like; always JSON. */
@FunctionalInterface
public interface ErrorForm {
  /** The bytes of an error. */
  byte[] body(String code, String message);
}
