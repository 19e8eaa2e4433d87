package io.elacsym.distribution.plugins;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Provider;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.engine.settings.Providers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Every plugin that was found.
 *
 * @param plugins by kind, then name
 * @param problems what was wrong, one line each, naming the jar and the cure; nothing may be
 *     started while there are any
 * @param searched where plugins were looked for
 */
public record InstalledPlugins(
    List<InstalledPlugin> plugins, List<String> problems, List<Path> searched) {
  public InstalledPlugins {
    plugins = List.copyOf(plugins);
    problems = List.copyOf(problems);
    searched = List.copyOf(searched);
  }

  /** Loads the plugins of some directories; see {@link PluginDirectories}. */
  public static InstalledPlugins load(List<Path> searched) {
    return load(searched, FirstCalls.PATIENCE);
  }

  static InstalledPlugins load(List<Path> searched, Duration patience) {
    List<String> problems = new ArrayList<>();
    record Found(String name, Path directory, Optional<PluginLock> lock) {}
    Map<Path, Found> directories = new LinkedHashMap<>();
    for (Path directory : searched) {
      PluginDirectories.Found found = PluginDirectories.pluginsIn(directory, problems);
      Optional<PluginLock> lock;
      try {
        lock =
            PluginLock.isIn(found.plugins())
                ? Optional.of(PluginLock.of(found.plugins()))
                : Optional.empty();
      } catch (ElacsymException e) {
        problems.add(e.getMessage());
        continue;
      }
      lock.filter(known -> found.plugins().equals(directory))
          .ifPresent(known -> problems.addAll(known.gone(found.directories().keySet())));
      found
          .directories()
          .forEach((name, plugin) ->
              directories.putIfAbsent(
                  PluginDirectories.real(plugin), new Found(name, plugin, lock)));
    }
    record Loaded(List<InstalledPlugin> plugins, List<String> problems) {}
    // Side by side, because every command that needs plugins waits for it.
    List<Loaded> loaded =
        directories.values().parallelStream()
            .map(plugin -> {
              List<String> ofPlugin = new ArrayList<>();
              try {
                plugin
                    .lock()
                    .map(lock -> lock.differences(plugin.name(), plugin.directory()))
                    .ifPresent(ofPlugin::addAll);
              } catch (ElacsymException e) {
                ofPlugin.add(e.getMessage());
              }
              // Not a line of code is run of what somebody has changed.
              return ofPlugin.isEmpty()
                  ? new Loaded(PluginLayer.load(plugin.directory(), patience, ofPlugin), ofPlugin)
                  : new Loaded(List.of(), ofPlugin);
            })
            .toList();
    loaded.forEach(each -> problems.addAll(each.problems()));
    List<InstalledPlugin> found = loaded.stream().flatMap(each -> each.plugins().stream()).toList();
    List<InstalledPlugin> distinct = new ArrayList<>();
    for (InstalledPlugin plugin : found) {
      Optional<String> collision =
          distinct.stream()
              .flatMap(before ->
                  before.collision(plugin).stream()
                      .map(what ->
                          what + ": " + before.jar() + " and " + plugin.jar() + "; remove one"))
              .findFirst();
      collision.ifPresentOrElse(problems::add, () -> distinct.add(plugin));
    }
    distinct.sort(Comparator.comparing(InstalledPlugin::kind).thenComparing(InstalledPlugin::name));
    return new InstalledPlugins(distinct, problems, searched);
  }

  /** The plugins for an engine, which has a border of its own. */
  public Providers forEngine() {
    return providers(plugin -> PluginCalls.bare(plugin.provider()));
  }

  /** The plugins for a program that asks them itself. */
  public Providers providers() {
    return providers(InstalledPlugin::provider);
  }

  private Providers providers(Function<InstalledPlugin, Provider> how) {
    return new Providers(
        of(PluginKind.STORAGE, StorageProvider.class, how),
        of(PluginKind.SEGMENT_FORMAT, SegmentFormatProvider.class, how),
        of(PluginKind.VECTOR_INDEX, VectorIndexProvider.class, how),
        of(PluginKind.TEXT_INDEX, TextIndexProvider.class, how));
  }

  private <P extends Provider> List<P> of(
      PluginKind kind, Class<P> spi, Function<InstalledPlugin, Provider> how) {
    return plugins.stream()
        .filter(plugin -> plugin.kind() == kind)
        .map(plugin -> spi.cast(how.apply(plugin)))
        .toList();
  }
}
