package io.elacsym.cluster.route;

import java.util.concurrent.atomic.LongAdder;

/** What a router has done since it was made. Safe for use by many threads. */
public final class RouteCounters {
  private final LongAdder answered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unreachable = new LongAdder();
  private final LongAdder inDoubt = new LongAdder();
  private final LongAdder handOvers = new LongAdder();
  private final LongAdder takeovers = new LongAdder();

  /**
   * Their values.
   *
   * @param answered requests that another node has answered
   * @param refused requests that another node has sent on
   * @param unreachable requests that could not be brought to a node
   * @param inDoubt requests of which nobody knows whether another node has done them
   * @param handOvers namespaces that this node has given to another one
   * @param takeovers namespaces that this node has begun to write
   */
  public record Values(
      long answered,
      long refused,
      long unreachable,
      long inDoubt,
      long handOvers,
      long takeovers) {}

  void count(Outcome<?> outcome) {
    switch (outcome) {
      case Outcome.Answered<?> _ -> answered.increment();
      case Outcome.NotDone<?>(var _, boolean gone, var _) ->
          (gone ? unreachable : refused).increment();
      case Outcome.InDoubt<?> _ -> inDoubt.increment();
    }
  }

  void handedOver() {
    handOvers.increment();
  }

  void tookOver() {
    takeovers.increment();
  }

  /** What was counted so far. */
  public Values read() {
    return new Values(
        answered.sum(),
        refused.sum(),
        unreachable.sum(),
        inDoubt.sum(),
        handOvers.sum(),
        takeovers.sum());
  }
}
