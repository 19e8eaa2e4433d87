package io.elacsym.distribution.plugins;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Provider;
import io.elacsym.engine.border.MissingClass;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads one plugin directory: every jar whose module requires our api becomes a module of the
 * directory's own layer, every other jar is the private class path behind them. So a plugin may
 * have several modules, of which one at least provides one of our interfaces; its libraries need be
 * no modules, may split packages, and never meet those of the core or of another plugin.
 *
 * <p>Class loaders are never closed: what was loaded is used until the process ends.
 */
final class PluginLayer {
  private final Path directory;
  private final Duration patience;
  private final List<String> problems;

  private PluginLayer(Path directory, Duration patience, List<String> problems) {
    this.directory = directory;
    this.patience = patience;
    this.problems = problems;
  }

  /**
   * The plugins of a directory.
   *
   * @param patience how long the first calls of a provider may take
   * @param problems gets a line for whatever is wrong
   */
  static List<InstalledPlugin> load(Path directory, Duration patience, List<String> problems) {
    return new PluginLayer(directory, patience, problems).load();
  }

  private List<InstalledPlugin> load() {
    int before = problems.size();
    List<PluginJar> jars = new ArrayList<>();
    for (Path path : PluginDirectories.jarsIn(directory, problems)) {
      try {
        jars.add(PluginJar.read(path));
      } catch (ElacsymException e) {
        problems.add(e.getMessage());
      }
    }
    PluginDirectories.checkStray(directory, problems);
    jars.forEach(jar -> jar.misplaced().ifPresent(problems::add));
    List<PluginJar> parts = jars.stream().filter(PluginJar::isPartOfPlugin).toList();
    List<PluginJar> libraries = jars.stream().filter(jar -> !jar.isPartOfPlugin()).toList();
    if (problems.size() == before) {
      checkProvider(jars);
      checkParts(parts);
    }
    if (problems.size() == before) {
      NamedClasses.check(directory, parts, libraries, problems);
    }
    if (problems.size() > before) {
      return List.of();
    }
    return define(parts, libraries).map(layer -> plugins(layer, parts)).orElseGet(List::of);
  }

  private void checkProvider(List<PluginJar> jars) {
    if (jars.stream().noneMatch(PluginJar::isPlugin)) {
      String spis =
          Arrays.stream(PluginKind.values())
              .map(kind -> kind.spi().getSimpleName())
              .collect(Collectors.joining(", "));
      jars.stream()
          .filter(PluginJar::unnamedService)
          .forEach(jar ->
              problems.add(
                  jar.path()
                      + ": its provider is named in META-INF/services, expected a module-info"
                      + " with `provides`; a plugin is a named module"));
      if (jars.stream().noneMatch(PluginJar::unnamedService)) {
        problems.add(
            directory
                + (jars.isEmpty()
                    ? ": it has no jar, expected"
                    : ": none of its " + jars.size() + " jars is")
                + " a module that provides a plugin (one of "
                + spis
                + "); add the plugin's jar or remove the directory");
      }
    }
  }

  private void checkParts(List<PluginJar> parts) {
    Map<String, Path> byModule = new HashMap<>();
    for (PluginJar jar : parts) {
      Path other = byModule.put(name(jar), jar.path());
      if (other != null) {
        problems.add(
            "module " + name(jar) + " is in both " + other + " and " + jar.path() + "; remove one");
      }
    }
    for (PluginJar jar : parts) {
      checkRequires(jar, byModule.keySet());
      checkTargets(jar, byModule.keySet());
    }
  }

  /** What a plugin's module opens or exports to some, it may show to its own modules only. */
  private void checkTargets(PluginJar jar, Set<String> siblings) {
    Stream.concat(
            descriptor(jar).exports().stream().flatMap(exports -> exports.targets().stream()),
            descriptor(jar).opens().stream().flatMap(opens -> opens.targets().stream()))
        .distinct()
        .sorted()
        .filter(target -> !siblings.contains(target) && !JdkOnlyLoader.isJdk(target))
        .filter(target -> ModuleLayer.boot().findModule(target).isPresent())
        .forEach(target ->
            problems.add(
                jar.path()
                    + ": its module "
                    + name(jar)
                    + " exports or opens a package to "
                    + target
                    + ", which is Elacsym's own and not the plugin's; for a library of the plugin"
                    + " write it without `to`"));
  }

  /**
   * What a plugin's module may read: our api, the JDK, and the other modules of its directory. All
   * else is on its class path anyway.
   */
  private void checkRequires(PluginJar jar, Set<String> siblings) {
    for (Requires requires : descriptor(jar).requires()) {
      String wanted = requires.name();
      boolean allowed =
          wanted.equals(PluginJar.API)
              || JdkOnlyLoader.isJdk(wanted)
              || siblings.contains(wanted)
              || isOnlyCompiledWith(requires);
      if (!allowed) {
        problems.add(
            jar.path()
                + ": its module "
                + name(jar)
                + " requires "
                + wanted
                + ", expected only "
                + PluginJar.API
                + ", modules of the JDK and other modules of this plugin; put the library's jar"
                + " into "
                + directory
                + " and drop the `requires`: its classes are found on the plugin's class path");
      }
    }
  }

  /**
   * Whether a module is required for compiling only, as annotations are, and is absent now, so that
   * it need not be found. When such a module is present, in the core say, the layer would read it
   * after all, so it is treated as any other. So is every module of ours, which may be present the
   * next time.
   */
  private static boolean isOnlyCompiledWith(Requires requires) {
    return requires.modifiers().contains(Requires.Modifier.STATIC)
        && !requires.name().startsWith("io.elacsym.")
        && ModuleLayer.boot().findModule(requires.name()).isEmpty();
  }

  private Optional<ModuleLayer.Controller> define(
      List<PluginJar> parts, List<PluginJar> libraries) {
    ModuleLayer boot = ModuleLayer.boot();
    try {
      Configuration configuration =
          boot.configuration()
              .resolve(
                  ModuleFinder.of(parts.stream().map(PluginJar::path).toArray(Path[]::new)),
                  ModuleFinder.of(),
                  parts.stream().map(PluginLayer::name).collect(Collectors.toSet()));
      ClassLoader privateClassPath =
          new URLClassLoader(
              "plugin-" + directory.getFileName() + "-libs",
              libraries.stream().map(jar -> url(jar.path())).toArray(URL[]::new),
              JdkOnlyLoader.INSTANCE);
      ModuleLayer.Controller controller =
          ModuleLayer.defineModulesWithOneLoader(configuration, List.of(boot), privateClassPath);
      for (Module module : controller.layer().modules()) {
        controller.addReads(module, privateClassPath.getUnnamedModule());
        allowNativeAccess(controller, module);
      }
      return Optional.of(controller);
    } catch (FindException | ResolutionException | LayerInstantiationException e) {
      problems.add(
          parts.stream()
                  .map(jar -> jar.path() + " (module " + name(jar) + ")")
                  .collect(Collectors.joining(" and "))
              + (parts.size() == 1 ? ": its module" : ": their modules")
              + " cannot be loaded ("
              + e.getMessage()
              + "); a plugin's modules require only "
              + PluginJar.API
              + ", modules of the JDK that this Java has, and each other, and have no package"
              + " twice");
      return Optional.empty();
    }
  }

  /** Allows a plugin native access if the host has it; the launcher gives it to the host. */
  @SuppressWarnings("restricted")
  private static void allowNativeAccess(ModuleLayer.Controller controller, Module module) {
    if (PluginLayer.class.getModule().isNativeAccessEnabled()) {
      controller.enableNativeAccess(module);
    }
  }

  private List<InstalledPlugin> plugins(ModuleLayer.Controller controller, List<PluginJar> parts) {
    Map<String, PluginJar> byModule =
        parts.stream().collect(Collectors.toMap(PluginLayer::name, jar -> jar));
    List<InstalledPlugin> plugins = new ArrayList<>();
    for (PluginKind kind : PluginKind.values()) {
      var found = services(controller.layer(), kind).stream().iterator();
      while (true) {
        try {
          if (!found.hasNext()) {
            break;
          }
          ServiceLoader.Provider<? extends Provider> service = found.next();
          Module module = service.type().getModule();
          // The loader also goes through the layers below; those are not this directory's.
          if (module.getLayer() == controller.layer()) {
            PluginJar jar = Objects.requireNonNull(byModule.get(module.getName()));
            new ProviderCheck(kind, jar, patience, problems).check(service).ifPresent(plugins::add);
          }
        } catch (ServiceConfigurationError | LinkageError e) {
          problems.add(
              e.getCause() instanceof LinkageError cause
                  ? MissingClass.message(provider(kind, parts), cause)
                  : directory + ": " + e.getMessage() + "; build the plugin again");
          break;
        }
      }
    }
    return plugins;
  }

  /** The jar that provides something of a kind. */
  private Path provider(PluginKind kind, List<PluginJar> parts) {
    return parts.stream()
        .filter(jar ->
            descriptor(jar).provides().stream()
                .anyMatch(provides -> provides.service().equals(kind.spi().getName())))
        .findFirst()
        .map(PluginJar::path)
        .orElse(directory);
  }

  private static ServiceLoader<? extends Provider> services(ModuleLayer layer, PluginKind kind) {
    return ServiceLoader.load(layer, kind.spi());
  }

  private static String name(PluginJar jar) {
    return descriptor(jar).name();
  }

  private static ModuleDescriptor descriptor(PluginJar jar) {
    return jar.module().orElseThrow();
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
