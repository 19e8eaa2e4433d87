package io.elacsym.server.helidon.wire;

import java.io.EOFException;

/** The connection ended in the middle of a request. */
final class ClientLeft extends EOFException {
  private static final long serialVersionUID = 1L;

  ClientLeft(String message) {
    super(message);
  }
}
