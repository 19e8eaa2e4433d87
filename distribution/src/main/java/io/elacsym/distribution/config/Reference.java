package io.elacsym.distribution.config;

import io.elacsym.api.Option;
import io.elacsym.engine.settings.SettingsSection;

/** The reference of all options as Markdown: {@code docs/configuration.md}. */
public final class Reference {
  private Reference() {}

  /** The page for these declarations. */
  public static String of(Declarations declarations) {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (SettingsSection table : declarations.tables()) {
      page.append("\n## `[")
          .append(table.name())
          .append("]`\n\n")
          .append(table.doc())
          .append("\n\n");
      page.append("| key | type | default | environment | meaning |\n");
      page.append("|---|---|---|---|---|\n");
      for (Option option : table.options()) {
        page.append("| `").append(option.key()).append("` | ");
        page.append(type(option)).append(" | ");
        page.append(
            option
                .defaultValue()
                .map(value -> "`" + value + "`")
                .orElse(option.required() ? "required" : "none"));
        page.append(" | ");
        page.append(option.environment().map(name -> "`" + name + "`").orElse("")).append(" | ");
        page.append(option.meaning().replace("|", "\\|"));
        page.append(option.secret() ? " Never printed." : "").append(" |\n");
      }
    }
    return page.toString();
  }

  private static String type(Option option) {
    return switch (option.type()) {
      case TEXT -> "text";
      case PATH -> "path";
      case INTEGER -> "whole number";
      case NUMBER -> "number";
      case FLAG -> "true or false";
      case BYTES -> "bytes";
      case DURATION -> "time span";
    };
  }

  private static final String INTRODUCTION =
      """
      # Configuration

      <!-- Generated from the declarations in the code; ConfigurationReferenceIT holds it to them.
           To write it again: ./mvnw verify -pl distribution -am -Delacsym.update=true -->

      Elacsym reads one TOML file, then the environment, which wins. Without either it runs with the
      defaults below. The file is the first of

      1. the one given with `--config FILE`,
      2. the one named by the variable `ELACSYM_CONFIG`,
      3. `config.toml` in the working directory,
      4. `/etc/elacsym/config.toml`.

      `elacsym server --check-config` checks everything, shows the value of every key and where it
      comes from, and exits with 0 when all is well. An unknown key is an error.

      * **bytes**: `1048576`, `64KB`, `8GB`; 1 KB is 1024 bytes.
      * **time span**: `250ms`, `30s`, `5m`, `2h`; a bare number is seconds.
      * Relative paths start at the working directory.

      Plugins are read from `plugins/` of the installation, and from the directories given with
      `--plugins DIR` or in the variable `ELACSYM_PLUGINS` (separated as in `PATH`). `elacsym plugins`
      lists them; the tables of the plugins that come with Elacsym are below.

      Variables that start with `ELACSYM_` and resemble a known one are errors, too. What Kubernetes
      puts into a pod for a Service called `elacsym` (`ELACSYM_PORT=tcp://...`) is recognised and
      ignored.
      """;
}
