package io.elacsym.engine.border;

import io.elacsym.api.Encoding;
import io.elacsym.api.EncodingProvider;
import java.util.BitSet;

/**
 * Whether what a plugin has built can be used: it is stored, and what is stored wrongly stays so.
 */
public final class BuildCheck {
  private final EncodingProvider provider;
  private final PluginWatch watch;

  public BuildCheck(EncodingProvider provider, PluginWatch watch) {
    this.provider = provider;
    this.watch = watch;
  }

  /**
   * Requires that the plugin itself can read what it has written.
   *
   * @return the same
   * @throws io.elacsym.api.ElacsymException {@code INTERNAL} naming the plugin
   */
  public Encoding readable(Encoding written) {
    require(
        written.name().equals(provider.name()),
        "it writes " + written + ", which another plugin would have to read");
    require(provider.canRead(written), "it writes " + written + ", which it cannot read");
    return written;
  }

  /**
   * Requires that an order of rows has each of them once: rows that it left out would be lost.
   *
   * @return the same
   * @throws io.elacsym.api.ElacsymException {@code INTERNAL} naming the plugin
   */
  public int[] permutation(int[] order, int rows) {
    BitSet seen = new BitSet(rows);
    for (int row : order) {
      if (row >= 0 && row < rows) {
        seen.set(row);
      }
    }
    require(
        order.length == rows && seen.cardinality() == rows,
        "rowOrder gave an order that does not have each row once");
    return order;
  }

  private void require(boolean kept, String otherwise) {
    if (!kept) {
      PluginName plugin = PluginName.of(provider);
      watch.broke(plugin, otherwise);
      throw WrongAnswer.of(plugin, otherwise);
    }
  }
}
