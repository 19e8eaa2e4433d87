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
 */
public record Seams(InstantSource clock, Supplier<String> ids, long seed, TaskRunner tasks) {
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
