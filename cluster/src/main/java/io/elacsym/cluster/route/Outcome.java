package io.elacsym.cluster.route;

import java.util.Optional;

/**
 * What became of a request that was sent to another node.
 *
 * @param <A> an answer
 */
public sealed interface Outcome<A> {
  /** The node has answered: well, or with an error of its own. */
  record Answered<A>(A answer) implements Outcome<A> {}

  /**
   * The node has surely not done it.
   *
   * @param better who should, as that node believes
   * @param unreachable whether the node could not be reached at all
   * @param why in words
   */
  record NotDone<A>(Optional<String> better, boolean unreachable, String why)
      implements Outcome<A> {}

  /** Nobody knows whether the node has done it, or still will. */
  record InDoubt<A>(String why) implements Outcome<A> {}
}
