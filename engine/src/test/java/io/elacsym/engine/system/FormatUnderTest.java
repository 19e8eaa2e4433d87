package io.elacsym.engine.system;

import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.tck.memory.RowsFormatProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The segment format of the tests in this package: the tck's own, unless the system property {@code
 * elacsym.test.format} names the directory of a plugin, as its build leaves it in {@code
 * target/plugin}. That one is loaded as the distribution loads it: its modules in a layer, its
 * libraries behind them.
 */
final class FormatUnderTest {
  private static final String PROPERTY = "elacsym.test.format";
  private static final SegmentFormatProvider FORMAT = load(System.getProperty(PROPERTY, ""));

  private FormatUnderTest() {}

  static SegmentFormatProvider provider() {
    return FORMAT;
  }

  private static SegmentFormatProvider load(String directory) {
    if (directory.isEmpty()) {
      return new RowsFormatProvider();
    }
    List<Path> jars = jars(Path.of(directory));
    ModuleFinder finder =
        ModuleFinder.of(jars.stream().filter(FormatUnderTest::isOurs).toArray(Path[]::new));
    Set<String> modules =
        finder.findAll().stream()
            .map(found -> found.descriptor().name())
            .collect(Collectors.toSet());
    Configuration configuration =
        ModuleLayer.boot().configuration().resolve(finder, ModuleFinder.of(), modules);
    ClassLoader libraries =
        new URLClassLoader(
            jars.stream().filter(jar -> !isOurs(jar)).map(FormatUnderTest::url).toArray(URL[]::new),
            ClassLoader.getPlatformClassLoader());
    ModuleLayer.Controller controller =
        ModuleLayer.defineModulesWithOneLoader(
            configuration, List.of(ModuleLayer.boot()), libraries);
    controller
        .layer()
        .modules()
        .forEach(module -> controller.addReads(module, libraries.getUnnamedModule()));
    FormatUnderTest.class.getModule().addUses(SegmentFormatProvider.class);
    SegmentFormatProvider format =
        ServiceLoader.load(controller.layer(), SegmentFormatProvider.class).stream()
            .filter(provider -> provider.type().getModule().getLayer() == controller.layer())
            .map(ServiceLoader.Provider::get)
            .findFirst()
            .orElseThrow(() -> new AssertionError(PROPERTY + ": no plugin in " + directory));
    System.out.println("segment format under test: " + format.name() + " from " + directory);
    return format;
  }

  private static boolean isOurs(Path jar) {
    return jar.getFileName().toString().startsWith("elacsym-");
  }

  private static List<Path> jars(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(PROPERTY + " is " + directory, e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }
}
