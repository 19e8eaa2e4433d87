package io.elacsym.distribution.plugins;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Builds real jars from sources, with the JDK's own compiler and jar tool. */
public final class PluginJars {
  private final Path work;
  private int built;

  public PluginJars(Path work) {
    this.work = work;
  }

  /** A plugin's module with one storage provider. */
  public static Map<String, String> storage(String module, String name) {
    return storage(
        module, name, "return io.elacsym.api.SpiLevel.CURRENT;", "return List.of();", "");
  }

  /**
   * The same in parts.
   *
   * @param level the body of {@code spiLevel()}
   * @param options the body of {@code options()}
   * @param constructor the body of the constructor
   */
  public static Map<String, String> storage(
      String module, String name, String level, String options, String constructor) {
    return Map.of(
        "module-info.java",
        """
        module %s {
          requires io.elacsym.api;
          provides io.elacsym.api.storage.StorageProvider with %s.TestStorage;
        }
        """
            .formatted(module, module),
        module.replace('.', '/') + "/TestStorage.java",
        """
        package %s;
        import io.elacsym.api.*;
        import io.elacsym.api.storage.*;
        import java.util.List;
        public final class TestStorage implements StorageProvider {
          public TestStorage() { %s }
          @Override public String name() { return "%s"; }
          @Override public int spiLevel() { %s }
          @Override public String description() { return "A storage of the test"; }
          @Override public List<Option> options() { %s }
          @Override public Storage open(PluginContext context) {
            throw ElacsymException.invalid("context class loader: "
                + (Thread.currentThread().getContextClassLoader() == getClass().getClassLoader()));
          }
        }
        """
            .formatted(module, constructor, name, level, options));
  }

  /** Compiles sources into {@code directory/jarName}; {@code options} go to the compiler. */
  public Path jar(Path directory, String jarName, Map<String, String> sources, String... options) {
    Path from = work.resolve("source-" + built);
    Path classes = work.resolve("classes-" + built++);
    try {
      List<String> files = new ArrayList<>();
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Path file = from.resolve(source.getKey());
        Files.createDirectories(file.getParent());
        Files.writeString(file, source.getValue());
        if (file.toString().endsWith(".java")) {
          files.add(file.toString());
        } else {
          Path resource = classes.resolve(source.getKey());
          Files.createDirectories(resource.getParent());
          Files.copy(file, resource);
        }
      }
      Files.createDirectories(classes);
      Files.createDirectories(directory);
      if (!files.isEmpty()) {
        run(
            "javac",
            Stream.of(
                    Stream.of("-d", classes.toString(), "--module-path", apiLocation()),
                    Arrays.stream(options),
                    files.stream())
                .flatMap(part -> part)
                .toArray(String[]::new));
      }
      Path jar = directory.resolve(jarName);
      Path manifest = classes.resolve("META-INF/MANIFEST.MF");
      run(
          "jar",
          Stream.of(
                  Stream.of("--create", "--file", jar.toString()),
                  Files.exists(manifest)
                      ? Stream.of("--manifest", manifest.toString())
                      : Stream.<String>empty(),
                  Stream.of("-C", classes.toString(), "."))
              .flatMap(part -> part)
              .toArray(String[]::new));
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where compiled classes of the last jar are. */
  Path lastClasses() {
    return work.resolve("classes-" + (built - 1));
  }

  private static String apiLocation() {
    return Path.of(
            ModuleLayer.boot()
                .configuration()
                .findModule("io.elacsym.api")
                .orElseThrow()
                .reference()
                .location()
                .orElseThrow())
        .toString();
  }

  private static void run(String tool, String... arguments) {
    StringWriter output = new StringWriter();
    int code =
        ToolProvider.findFirst(tool)
            .orElseThrow()
            .run(new PrintWriter(output), new PrintWriter(output), arguments);
    if (code != 0) {
      throw new AssertionError(tool + " " + List.of(arguments) + " failed: " + output);
    }
  }
}
