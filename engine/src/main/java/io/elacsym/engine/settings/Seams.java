package io.elacsym.engine.settings;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * Everything by which the outside world enters the engine besides storage, so that a whole system
 * can be replayed from one seed.
 *
 * @param clock wall-clock time
 * @param ids names that never repeat, of {@code [0-9a-f]}
 * @param seed of every random choice
 * @param tasks how background work is started
 * @param succession whether this process may become a writer
 * @param leaves who else searches segments for this process
 */
public record Seams(
    InstantSource clock,
    Supplier<String> ids,
    long seed,
    TaskRunner tasks,
    Succession succession,
    Leaves leaves) {
  /** The seams of a process that knows of no others. */
  public Seams(InstantSource clock, Supplier<String> ids, long seed, TaskRunner tasks) {
    this(clock, ids, seed, tasks, Succession.UNRESTRICTED, Leaves.NONE);
  }

  /** The same seams for a node of a cluster. */
  public Seams with(Succession other) {
    return new Seams(clock, ids, seed, tasks, other, leaves);
  }

  /** The same seams for a process that others help to search. */
  public Seams with(Leaves others) {
    return new Seams(clock, ids, seed, tasks, succession, others);
  }

  /** The real world. */
  public static Seams real() {
    SecureRandom random = new SecureRandom();
    Supplier<String> ids =
        () -> {
          byte[] bytes = new byte[8];
          random.nextBytes(bytes);
          return HexFormat.of().formatHex(bytes);
        };
    return new Seams(InstantSource.system(), ids, 42, TaskRunner.virtualThreads());
  }
}
