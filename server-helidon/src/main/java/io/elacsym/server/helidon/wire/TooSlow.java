package io.elacsym.server.helidon.wire;

import java.io.IOException;

/** The client did not send in time. */
public final class TooSlow extends IOException {
  private static final long serialVersionUID = 1L;

  TooSlow(String message) {
    super(message);
  }
}
