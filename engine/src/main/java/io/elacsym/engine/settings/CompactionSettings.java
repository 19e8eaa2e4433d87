package io.elacsym.engine.settings;

import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import java.time.Duration;
import java.util.List;

/**
 * When segments are merged.
 *
 * @param enabled whether segments are merged in the background, without a request for it
 * @param interval how often to look for segments to merge, besides after each flush
 * @param maxSegments more segments than this are merged whatever their sizes
 * @param maxTotalDocs largest segment that a merge may make, in documents
 * @param maxValueBytes the same in bytes of attribute values: a merge, and a filter without an
 *     index, have them in memory
 */
public record CompactionSettings(
    boolean enabled, Duration interval, int maxSegments, int maxTotalDocs, long maxValueBytes) {
  private static final Option ENABLED =
      Option.of(
              "enabled", OptionType.FLAG, "true", "Whether segments are merged in the background.")
          .fromEnvironment("ELACSYM_COMPACTION_ENABLED");

  private static final Option INTERVAL =
      Option.of(
              "interval_secs",
              OptionType.DURATION,
              "3600",
              "How often merges are looked for, besides after each flush.")
          .atLeast("1ms")
          .fromEnvironment("ELACSYM_COMPACTION_INTERVAL_SECS");

  private static final Option MAX_SEGMENTS =
      Option.of(
              "max_segments",
              OptionType.INTEGER,
              "100",
              "More segments than this are merged whatever their sizes.")
          .between("1", "10000")
          .fromEnvironment("ELACSYM_COMPACTION_MAX_SEGMENTS");

  private static final Option MAX_TOTAL_DOCS =
      Option.of(
              "max_total_docs",
              OptionType.INTEGER,
              "1000000",
              "Most documents of a merged segment.")
          .between("1000", "100000000");

  static final SettingsSection SECTION =
      new SettingsSection(
          "compaction",
          "When segments are merged.",
          List.of(ENABLED, INTERVAL, MAX_SEGMENTS, MAX_TOTAL_DOCS));

  /** With as many bytes of values as an eighth of the memory of this process holds. */
  public CompactionSettings(boolean enabled, Duration interval, int maxSegments, int maxTotalDocs) {
    this(enabled, interval, maxSegments, maxTotalDocs, Runtime.getRuntime().maxMemory() / 8);
  }

  static CompactionSettings of(Options given) {
    return new CompactionSettings(
        given.flag(ENABLED.key()),
        given.duration(INTERVAL.key()),
        given.smallInteger(MAX_SEGMENTS.key()),
        given.smallInteger(MAX_TOTAL_DOCS.key()));
  }
}
