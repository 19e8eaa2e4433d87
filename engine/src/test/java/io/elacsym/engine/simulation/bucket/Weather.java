package io.elacsym.engine.simulation.bucket;

import io.elacsym.engine.simulation.world.World;
import java.time.Duration;

/**
 * How often requests go wrong, and how long they take.
 *
 * @param refused share of requests that fail before they are sent
 * @param answerLost share whose answer is lost
 * @param lost share of puts and deletes that are lost on the way
 * @param late share of puts and deletes that arrive after their sender has given up
 * @param slow share of requests that take very long, but are waited for
 * @param halved share of deletes of which only a part happens
 * @param damaged share of reads that come damaged
 * @param longest the longest delay of what is late or slow
 */
public record Weather(
    double refused,
    double answerLost,
    double lost,
    double late,
    double slow,
    double halved,
    double damaged,
    Duration longest) {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration USUAL = Duration.ofMillis(40);

  /** Nothing goes wrong. */
  public static final Weather CALM = new Weather(0, 0, 0, 0, 0, 0, 0, USUAL);

  /** Each kind of fault is absent, or has some chance. */
  public static Weather random(World world, Duration longest) {
    return new Weather(
        share(world, 0.04),
        share(world, 0.04),
        share(world, 0.04),
        share(world, 0.04),
        share(world, 0.03),
        share(world, 0.15),
        share(world, 0.02),
        longest);
  }

  private static double share(World world, double most) {
    return world.random().nextBoolean() ? 0 : world.random().nextDouble() * most;
  }

  Fate ofRead(World world) {
    double drawn = world.random().nextDouble() - refused;
    if (drawn < 0) {
      return Fate.REFUSED;
    }
    return drawn < damaged ? Fate.DAMAGED : Fate.FINE;
  }

  Fate ofPut(World world) {
    double drawn = world.random().nextDouble() - refused;
    if (drawn < 0) {
      return Fate.REFUSED;
    }
    drawn -= answerLost;
    if (drawn < 0) {
      return Fate.ANSWER_LOST;
    }
    drawn -= lost;
    if (drawn < 0) {
      return Fate.LOST;
    }
    return drawn < late ? Fate.LATE : Fate.FINE;
  }

  Fate ofDelete(World world) {
    return world.random().nextDouble() < halved ? Fate.HALVED : ofPut(world);
  }

  /** One way, there or back. */
  Duration delay(World world) {
    return world.random().nextDouble() < slow
        ? world.between(USUAL, longest)
        : world.between(SHORTEST, USUAL);
  }

  /** How late something is that nobody waits for any more. */
  Duration lateness(World world) {
    return world.between(SHORTEST, longest);
  }
}
