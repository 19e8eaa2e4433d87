package io.elacsym.distribution.plugins;

import io.elacsym.api.Option;
import io.elacsym.api.Provider;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A plugin that was found, loaded and checked.
 *
 * @param kind what it is
 * @param name what configuration calls it
 * @param spiLevel the SPI level it was compiled against
 * @param version of its jar's manifest, or of its module, or {@code unknown}
 * @param description one line
 * @param options the options it declares, checked
 * @param jar the jar whose module provides it
 * @param provider to be called; sets the context class loader around each call
 */
public record InstalledPlugin(
    PluginKind kind,
    String name,
    int spiLevel,
    String version,
    String description,
    List<Option> options,
    Path jar,
    Provider provider) {
  public InstalledPlugin {
    options = List.copyOf(options);
  }

  /** The directory it was loaded from. */
  public Path directory() {
    return Objects.requireNonNull(jar.getParent());
  }

  /**
   * Why it cannot be installed beside another: they are two of one kind, or two whose options would
   * stand in one configuration table. Empty when it can.
   */
  public Optional<String> collision(InstalledPlugin other) {
    if (!table().equals(other.table())) {
      return Optional.empty();
    }
    if (kind == other.kind) {
      return Optional.of("two " + kind.label() + " plugins are called '" + name + "'");
    }
    return options.isEmpty() && other.options.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "a "
                + kind.label()
                + " and a "
                + other.kind.label()
                + " plugin share the configuration table "
                + table());
  }

  /** The configuration table of its options, such as {@code storage.local}. */
  public String table() {
    return kind.section() + "." + name;
  }
}
