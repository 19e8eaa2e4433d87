package io.elacsym.distribution.plugins;

import io.elacsym.api.ElacsymException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * One jar of a plugin directory.
 *
 * @param path where it is
 * @param module its module, when it is one
 * @param manifestVersion what its manifest calls its version
 * @param unnamedService whether it offers one of our interfaces the old way, in META-INF/services
 * @param hasApi whether it has classes of our api
 */
record PluginJar(
    Path path,
    Optional<ModuleDescriptor> module,
    Optional<String> manifestVersion,
    boolean unnamedService,
    boolean hasApi) {

  static final String API = "io.elacsym.api";

  /** Modules of the program itself. A copy of one would be a second one, or install test parts. */
  private static final Set<String> HOST =
      Set.of(
          API,
          "io.elacsym.distribution",
          "io.elacsym.engine",
          "io.elacsym.server.helidon",
          "io.elacsym.tck");

  private static final Set<String> SPIS =
      Arrays.stream(PluginKind.values())
          .map(kind -> kind.spi().getName())
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Looks into a jar.
   *
   * @throws ElacsymException naming the jar and the cure when it is damaged
   */
  static PluginJar read(Path path) {
    try (JarFile jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
      return new PluginJar(
          path,
          module(jar),
          manifestVersion(jar),
          SPIS.stream().anyMatch(spi -> jar.getEntry("META-INF/services/" + spi) != null),
          jar.getEntry("io/elacsym/api/Provider.class") != null);
    } catch (InvalidModuleDescriptorException e) {
      throw ElacsymException.invalid(
          path
              + ": its module-info cannot be read by Java "
              + Runtime.version().feature()
              + " ("
              + e.getMessage()
              + "); build the jar for this Java, or run a newer one");
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  static ElacsymException unreadable(Path path, IOException e) {
    return ElacsymException.invalid(
        path + ": no readable jar (" + e.getMessage() + "); copy it again or remove it");
  }

  private static Optional<ModuleDescriptor> module(JarFile jar) throws IOException {
    var entry = jar.getJarEntry("module-info.class");
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return Optional.of(ModuleDescriptor.read(in));
    }
  }

  private static Optional<String> manifestVersion(JarFile jar) throws IOException {
    var manifest = jar.getManifest();
    if (manifest == null) {
      return Optional.empty();
    }
    @Nullable String version =
        manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    return Optional.ofNullable(version);
  }

  /** Whether its module provides one of our interfaces. */
  boolean isPlugin() {
    return module.stream()
        .flatMap(found -> found.provides().stream())
        .anyMatch(provides -> SPIS.contains(provides.service()));
  }

  /**
   * Whether it is a module of its plugin's layer: it is written against our api. Every other jar is
   * a library, also one that is a module.
   */
  boolean isPartOfPlugin() {
    return isPlugin()
        || module.stream()
            .flatMap(found -> found.requires().stream())
            .anyMatch(requires -> requires.name().equals(API));
  }

  /** What is wrong with it in any plugin's directory. */
  Optional<String> misplaced() {
    Optional<String> host =
        module.map(ModuleDescriptor::name).filter(HOST::contains).map(name -> "is " + name);
    return host.or(
            () -> hasApi ? Optional.of("has classes of " + API + " in it") : Optional.empty())
        .map(what ->
            path
                + " "
                + what
                + ", which Elacsym brings itself; remove it (in the plugin's build, elacsym-api has"
                + " scope `provided` and elacsym-tck scope `test`)");
  }

  /**
   * The manifest is written anew by each build; a module-info that was not compiled again is not.
   */
  String version() {
    return manifestVersion.or(() -> module.flatMap(ModuleDescriptor::rawVersion)).orElse("unknown");
  }
}
