package io.elacsym.engine.simulation;

import io.elacsym.engine.simulation.bucket.Weather;
import io.elacsym.engine.simulation.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run is like. Every seed turns some dangers on and others off, because those that are rare
 * together are not found together.
 *
 * @param nodes how many processes there are
 * @param clients of each of them
 * @param namespaces which namespaces they use
 * @param storm how long clients work while things go wrong
 * @param pause the longest pause of a client between two requests
 * @param grace how long what is no longer named is kept
 * @param skew how far any clock may jump about, either way
 * @param offset how far the clock of any machine may be from the true time always, either way
 * @param weather of the storage during the storm
 * @param crashes mean time between two crashes of some process; longer than the storm for none
 * @param freezes the same for processes that stand still for a while
 * @param stranger share of writes that go to another process than the one preferred at the time
 * @param drops share of requests that delete a namespace
 * @param rebirths share of requests for a namespace that is not there which make it
 * @param settings of the engine
 */
public record Scenario(
    int nodes,
    int clients,
    List<String> namespaces,
    Duration storm,
    Duration pause,
    Duration grace,
    Duration skew,
    Duration offset,
    Weather weather,
    Duration crashes,
    Duration freezes,
    double stranger,
    double drops,
    double rebirths,
    Map<String, String> settings) {
  private static final Duration NEVER = Duration.ofDays(1);

  /** Whether namespaces end often, and are purged. */
  boolean comeAndGo() {
    return drops > 0.1;
  }

  static Scenario random(World world) {
    Duration grace = oneOf(world, Duration.ofSeconds(8), Duration.ofSeconds(20));
    Duration storm = grace.multipliedBy(oneOf(world, 2, 4, 7));
    Map<String, String> settings = new HashMap<>();
    settings.put("reaper.grace", grace.toSeconds() + "s");
    settings.put("history.max_age", oneOf(world, grace.toSeconds() + "s", "1h"));
    settings.put("history.versions", oneOf(world, "1", "5"));
    settings.put("write.linger", oneOf(world, "0ms", "2ms", "50ms"));
    settings.put("write.flush_rows", oneOf(world, "3", "8", "1000"));
    settings.put("write.flush_age", oneOf(world, "2s", "10s", "1h"));
    settings.put("compaction.enabled", oneOf(world, "true", "true", "false"));
    settings.put("compaction.interval_secs", oneOf(world, "5", "60"));
    settings.put("compaction.max_segments", oneOf(world, "2", "5"));
    // Where namespaces come and go, some must be gone for long enough to be purged, and come again.
    boolean comeAndGo = world.random().nextInt(4) == 0;
    if (comeAndGo) {
      storm = grace.multipliedBy(oneOf(world, 10, 16));
    }
    return new Scenario(
        oneOf(world, 2, 2, 3, 4),
        oneOf(world, 1, 2),
        oneOf(world, List.of("a"), List.of("a", "b")),
        storm,
        storm.dividedBy(comeAndGo ? 24 : oneOf(world, 4, 8)),
        grace,
        oneOf(world, Duration.ZERO, grace.dividedBy(9)),
        oneOf(world, Duration.ZERO, grace.multipliedBy(3)),
        Weather.random(world, grace.multipliedBy(oneOf(world, 1, 4, 20))),
        oneOf(world, NEVER, storm.dividedBy(2), storm.dividedBy(5)),
        oneOf(world, NEVER, storm.dividedBy(4), storm.dividedBy(8)),
        oneOf(world, 0.0, 0.05, 1.0),
        comeAndGo ? 0.15 : oneOf(world, 0.0, 0.0, 0.02),
        comeAndGo ? 0.02 : 0.7,
        settings);
  }

  @SafeVarargs
  private static <T> T oneOf(World world, T... choices) {
    return choices[world.random().nextInt(choices.length)];
  }
}
