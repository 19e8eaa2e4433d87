package io.elacsym.engine.settings;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import java.time.Duration;
import java.util.List;

/**
 * How much of the past can be restored.
 *
 * @param versions how many versions of a manifest before the newest
 * @param maxAge versions that were replaced longer ago are not kept
 */
public record HistorySettings(int versions, Duration maxAge) {
  private static final Option VERSIONS =
      Option.of(
              "versions",
              OptionType.INTEGER,
              "20",
              "How many versions of a namespace before the newest are kept; each"
                  + " flush and each merge makes one.")
          .between("1", "10000");

  private static final Option MAX_AGE =
      Option.of(
          "max_age",
          OptionType.DURATION,
          "1d",
          "Versions that were replaced longer ago are not kept; at least the reaper's grace.");

  static final SettingsSection SECTION =
      new SettingsSection(
          "history",
          "How much of the past 'elacsym restore' can bring back. What a kept version uses is"
              + " not deleted.",
          List.of(VERSIONS, MAX_AGE));

  /**
   * @param grace of the reaper: a version is kept at least for as long as its objects are
   */
  static HistorySettings of(Options given, Duration grace) {
    Duration maxAge = given.duration(MAX_AGE.key());
    if (maxAge.compareTo(grace) < 0) {
      throw ElacsymException.invalid(
          "history.max_age is " + maxAge + ", expected at least reaper.grace = " + grace);
    }
    return new HistorySettings(given.smallInteger(VERSIONS.key()), maxAge);
  }
}
