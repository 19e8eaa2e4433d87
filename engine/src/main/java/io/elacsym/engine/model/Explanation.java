package io.elacsym.engine.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a query was answered.
 *
 * @param manifestVersion the snapshot it saw
 * @param liveRows rows of the live buffer it saw
 * @param plan what was done, and what it took; the last thing first
 */
public record Explanation(long manifestVersion, long liveRows, Node plan) {
  /**
   * A thing that was done with what its inputs gave.
   *
   * @param operation {@code fetch}, {@code aggregate}, {@code distinct}, {@code fuse}, {@code
   *     nearest}, {@code text}, {@code order}, {@code filter}, or {@code part}, a share of any of
   *     these
   * @param what in words: by which index, for which field
   * @param where a segment's id, or {@code live}; empty when it is about all of them
   * @param estimated at most so many rows were expected before it was done
   * @param rows how many it gave
   * @param cost what it took, its inputs not counted, but its parts, clauses and rounds
   * @param micros how long it took on the clock, likewise
   */
  public record Node(
      String operation,
      String what,
      Optional<String> where,
      long estimated,
      long rows,
      QueryCost cost,
      long micros,
      List<Node> inputs) {
    public Node {
      inputs = List.copyOf(inputs);
    }

    /** This node and all below it. */
    public Stream<Node> all() {
      return Stream.concat(Stream.of(this), inputs.stream().flatMap(Node::all));
    }
  }
}
