package io.elacsym.format.orc.read;

import java.io.IOException;
import java.util.Optional;
import org.apache.orc.impl.BitFieldReader;

/** Which rows have a value: all, or those that a stream says. For one thread. */
final class Presence {
  private final Optional<BitFieldReader> bits;

  Presence(Optional<BitFieldReader> bits) {
    this.bits = bits;
  }

  boolean next() throws IOException {
    return bits.isEmpty() || bits.get().next() == 1;
  }

  /** Passes over rows; returns how many of them have a value. */
  int skip(int rows) throws IOException {
    if (bits.isEmpty()) {
      return rows;
    }
    int present = 0;
    for (int i = 0; i < rows; i++) {
      present += bits.get().next();
    }
    return present;
  }
}
