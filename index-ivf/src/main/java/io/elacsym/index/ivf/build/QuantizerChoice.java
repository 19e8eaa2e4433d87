package io.elacsym.index.ivf.build;

import io.elacsym.index.ivf.quantizer.Rabitq;

/**
 * Which quantizer is wanted.
 *
 * @param name one of {@link io.elacsym.index.ivf.quantizer.Quantizer#NAMES}
 * @param bits of a component's code, for {@code rabitq}
 */
public record QuantizerChoice(String name, int bits) {

  /** What the blob says of bits: 0 where the quantizer has no choice. */
  int storedBits() {
    return name.equals(Rabitq.NAME) ? bits : 0;
  }
}
