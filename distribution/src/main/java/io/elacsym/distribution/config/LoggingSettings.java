package io.elacsym.distribution.config;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.distribution.logging.LogFormat;
import io.elacsym.distribution.logging.LogLevels;
import io.elacsym.engine.settings.SettingsSection;
import java.util.List;
import java.util.Map;

/**
 * The table {@code logging}.
 *
 * @param levels what is logged
 * @param format how a line looks
 */
public record LoggingSettings(LogLevels levels, LogFormat format) {
  /** Its declaration. */
  public static final SettingsSection SECTION =
      new SettingsSection(
          "logging",
          "The log, which goes to standard error.",
          List.of(
              Option.of(
                      "level",
                      OptionType.TEXT,
                      "info",
                      "What is logged: "
                          + LogLevels.EXPECTATION
                          + ". A level without a target is for Elacsym itself; below info, libraries speak"
                          + " only when they are named. The variable RUST_LOG is understood too.")
                  .fromEnvironment("ELACSYM_LOG"),
              Option.of(
                      "format",
                      OptionType.TEXT,
                      "json",
                      "How a line looks; json is one object a line.")
                  .oneOf(LogFormat.ids())));

  /** What is logged when nothing is said. */
  public static final LoggingSettings DEFAULT = of(Map.of());

  /**
   * Checks values by key.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} naming key, value and expectation
   */
  public static LoggingSettings of(Map<String, String> values) {
    Options options = Options.of("logging.", SECTION.options(), values);
    LogLevels.Parsed levels = LogLevels.parse(options.text("level"));
    if (!levels.bad().isEmpty()) {
      throw ElacsymException.invalid(
          "logging.level has '"
              + String.join(",", levels.bad())
              + "', expected "
              + LogLevels.EXPECTATION);
    }
    return new LoggingSettings(
        levels.levels(), LogFormat.byId(options.text("format")).orElseThrow());
  }
}
