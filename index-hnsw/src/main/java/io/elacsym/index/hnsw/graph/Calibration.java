package io.elacsym.index.hnsw.graph;

/**
 * How wide a beam does a recall take? Queries that do not resemble the rows have a curve of their
 * own, so that those that do need not be as careful.
 *
 * @param ordinary for queries that resemble the rows
 * @param strange for all others
 * @param resemblance tells them apart
 */
public record Calibration(RecallCurve ordinary, RecallCurve strange, Resemblance resemblance) {
  /** Without a graph. */
  public static final Calibration NONE =
      new Calibration(RecallCurve.NONE, RecallCurve.NONE, Resemblance.NONE);
}
