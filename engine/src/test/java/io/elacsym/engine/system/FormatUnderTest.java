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
import java.util.stream.Stream;

/**
 * The segment format of the tests in this package: the tck's own, unless the system property {@code
 * elacsym.test.format} names the directory of a plugin, as its build leaves it in {@code
 * target/plugin}. That one is loaded as the distribution loads it: its module in a layer, its
 * libraries behind it.
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
    Path front =
        jars.stream()
            .filter(jar -> jar.getFileName().toString().startsWith("elacsym-"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(PROPERTY + ": no plugin in " + jars));
    ModuleFinder finder = ModuleFinder.of(front);
    String module = finder.findAll().iterator().next().descriptor().name();
    Configuration configuration =
        ModuleLayer.boot().configuration().resolve(finder, ModuleFinder.of(), Set.of(module));
    ClassLoader libraries =
        new URLClassLoader(
            jars.stream()
                .filter(jar -> !jar.equals(front))
                .map(FormatUnderTest::url)
                .toArray(URL[]::new),
            ClassLoader.getPlatformClassLoader());
    ModuleLayer.Controller controller =
        ModuleLayer.defineModulesWithOneLoader(
            configuration, List.of(ModuleLayer.boot()), libraries);
    controller.addReads(
        controller.layer().findModule(module).orElseThrow(), libraries.getUnnamedModule());
    FormatUnderTest.class.getModule().addUses(SegmentFormatProvider.class);
    SegmentFormatProvider format =
        ServiceLoader.load(controller.layer(), SegmentFormatProvider.class).stream()
            .filter(provider -> provider.type().getModule().getLayer() == controller.layer())
            .map(ServiceLoader.Provider::get)
            .findFirst()
            .orElseThrow();
    System.out.println("segment format under test: " + format.name() + " from " + front);
    return format;
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
