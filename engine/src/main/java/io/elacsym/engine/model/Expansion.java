package io.elacsym.engine.model;

/** How many terms a word may stand for that is not spelled out. */
public final class Expansion {
  /** What Lucene and those built on it take by default. */
  public static final int DEFAULT = 50;

  public static final int MAX = 1_000;

  private Expansion() {}
}
