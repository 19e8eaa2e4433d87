package io.elacsym.engine.settings;

import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import java.util.List;

/**
 * How many requests and tasks are allowed for work that no caller waits for, so that it never takes
 * all of the storage.
 *
 * @param requests most requests at once
 * @param tasks most tasks of a kind at once, over all namespaces
 */
public record BackgroundSettings(int requests, int tasks) {
  private static final Option REQUESTS =
      Option.of(
              "requests",
              OptionType.INTEGER,
              "16",
              "Most requests to the storage at once; fewer than a bucket's"
                  + " max_connections, so that callers always find one free.")
          .between("1", "1000");

  private static final Option TASKS =
      Option.of(
              "tasks", OptionType.INTEGER, "4", "Most tasks of a kind at once over all namespaces.")
          .between("1", "1000");

  static final SettingsSection SECTION =
      new SettingsSection(
          "background",
          "How much work may have that no caller waits for: flushes, merges, rebuilt indexes,"
              + " deletions.",
          List.of(REQUESTS, TASKS));

  static BackgroundSettings of(Options given) {
    return new BackgroundSettings(
        given.smallInteger(REQUESTS.key()), given.smallInteger(TASKS.key()));
  }
}
