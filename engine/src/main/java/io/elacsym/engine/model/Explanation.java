package io.elacsym.engine.model;

import java.util.List;

/**
 * How a query was found.
 *
 * @param manifestVersion the snapshot it saw
 * @param liveRows rows of the live buffer it saw
 * @param steps what was done in each segment and in the live buffer
 */
public record Explanation(long manifestVersion, long liveRows, List<Step> steps) {
  /**
   * One decision.
   *
   * @param where a segment's id, or {@code live}
   * @param what which strategy was chosen, for which field
   * @param liveRows rows that are not deleted
   * @param matching rows that match the filter, of those
   * @param scored vectors compared with the query
   */
  public record Step(String where, String what, long liveRows, long matching, long scored) {}
}
