package io.elacsym.api;

/** The level of the interfaces in this module. */
public final class SpiLevel {
  /**
   * The level this module speaks. A compile-time constant on purpose: a plugin that returns it from
   * {@link Provider#spiLevel()} records the level it was <em>compiled</em> against, so the host can
   * compare the two before it calls anything else.
   */
  public static final int CURRENT = 2;

  private SpiLevel() {}
}
