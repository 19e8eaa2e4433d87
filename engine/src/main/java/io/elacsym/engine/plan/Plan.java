package io.elacsym.engine.plan;

/**
 * What is done once it is known how many rows a filter accepts.
 *
 * @param reading when the documents are read
 */
public record Plan(RankPlan ranking, Reading reading) {
  /** When the documents of an answer are read. */
  public enum Reading {
    /** Not at all: only ids come back, which every open segment has in memory. */
    NOTHING,

    /** While an index reads what decides between its likely hits, in the same wave. */
    AHEAD,

    /** Once it is known which they are. */
    AFTER
  }
}
