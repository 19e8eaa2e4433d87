package io.elacsym.distribution.config;

import io.elacsym.api.Option;
import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.distribution.plugins.InstalledPlugin;
import io.elacsym.distribution.plugins.InstalledPlugins;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.SettingsSection;
import io.elacsym.server.helidon.ServerSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Every table of the configuration, in the order in which it is shown: ours, and one for each
 * installed plugin that has options, after the table it stands in.
 *
 * @param tables by full name, such as {@code storage} and {@code storage.local}
 */
public record Declarations(List<SettingsSection> tables) {
  public Declarations {
    tables = List.copyOf(tables);
  }

  /** What can be configured with these plugins. */
  public static Declarations of(InstalledPlugins installed) {
    List<SettingsSection> tables = new ArrayList<>(List.of(ServerSettings.SECTION));
    for (SettingsSection section : EngineSettings.SECTIONS) {
      tables.add(section);
      for (InstalledPlugin plugin : installed.plugins()) {
        if (plugin.kind().section().equals(section.name()) && !plugin.options().isEmpty()) {
          tables.add(
              new SettingsSection(
                  plugin.table(),
                  "Options of the " + plugin.kind().label() + " plugin `" + plugin.name() + "`.",
                  plugin.options()));
        }
      }
    }
    tables.add(LoggingSettings.SECTION);
    tables.addAll(ClusterSettings.SECTIONS);
    return new Declarations(tables);
  }

  /** Declarations by full key. */
  public SequencedMap<String, Option> keys() {
    SequencedMap<String, Option> keys = new LinkedHashMap<>();
    for (SettingsSection table : tables) {
      table.options().forEach(option -> keys.put(table.name() + "." + option.key(), option));
    }
    return keys;
  }

  /** The keys that each environment variable sets; a variable may set those of several plugins. */
  public SequencedMap<String, List<String>> variables() {
    SequencedMap<String, List<String>> variables = new LinkedHashMap<>();
    keys()
        .forEach((key, option) ->
            option
                .environment()
                .ifPresent(
                    name -> variables.computeIfAbsent(name, n -> new ArrayList<>()).add(key)));
    return variables;
  }
}
