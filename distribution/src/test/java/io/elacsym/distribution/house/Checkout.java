package io.elacsym.distribution.house;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The checkout these tests run in: its files, and what the reactor has compiled of them. */
final class Checkout {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  private Checkout() {}

  /**
   * A module of ours.
   *
   * @param folder relative to the root, such as {@code index-ivf}
   */
  record Part(String folder) {
    Path sources() {
      return ROOT.resolve(folder).resolve("src").resolve("main").resolve("java");
    }

    Path classes() {
      return ROOT.resolve(folder).resolve("target").resolve("classes");
    }

    Path moduleInfo() {
      return sources().resolve("module-info.java");
    }

    /** The compiled module-info. */
    ModuleDescriptor descriptor() {
      Path compiled = classes().resolve("module-info.class");
      try (InputStream in = Files.newInputStream(compiled)) {
        return ModuleDescriptor.read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(
            compiled + " is missing: build with `./mvnw -pl distribution -am`", e);
      }
    }

    @Override
    public String toString() {
      return folder;
    }
  }

  /** The modules that the root pom builds, those with a module-info. */
  static List<Part> modules() {
    return MODULE
        .matcher(read(ROOT.resolve("pom.xml")))
        .results()
        .map(found -> new Part(found.group(1)))
        .filter(part -> Files.exists(part.moduleInfo()))
        .toList();
  }

  /** The compiled classes of all {@link #modules}, without the libraries they use. */
  static JavaClasses classes() {
    return Classes.OF_ALL_MODULES;
  }

  /** Imported once for all tests. */
  private static final class Classes {
    static final JavaClasses OF_ALL_MODULES = load();

    private static JavaClasses load() {
      ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
      return new ClassFileImporter().importPaths(modules().stream().map(Part::classes).toList());
    }
  }

  /** Every file whose name matches, without what is built, hidden or generated. */
  static List<Path> files(Pattern name) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          ROOT,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              String own = folder.getFileName().toString();
              boolean skipped = own.equals("target") || own.startsWith(".");
              return skipped && !folder.equals(ROOT)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (name.matcher(file.getFileName().toString()).matches()) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(null);
    return found;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** What {@code group} 1 of each match in a text is. */
  static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }
}
