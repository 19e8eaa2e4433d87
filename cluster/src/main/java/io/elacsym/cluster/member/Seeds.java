package io.elacsym.cluster.member;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A source of places where nodes may be. For one thread at a time. */
interface Seeds {
  /** How often to look; the first look is made at the start. */
  Duration period();

  /**
   * The places now, without this node's own if that is known.
   *
   * @throws IOException when they cannot be had now; those known before stay
   */
  List<Seed> look() throws IOException;

  /** This node is about to end. */
  default void leave() {}
}
