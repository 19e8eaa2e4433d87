package io.elacsym.distribution.scaffold;

import io.elacsym.api.ElacsymException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * A new project for a plugin, with a build for Maven and one for Gradle.
 *
 * @param kind what the plugin is
 * @param name what configuration will call it
 * @param group of its coordinates, and the beginning of its package
 */
public record Scaffold(ScaffoldKind kind, String name, String group) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern GROUP = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
  private static final int LONGEST_NAME = 32;
  private static final Pattern HOLE = Pattern.compile("%([A-Za-z]+)%");

  /**
   * @throws ElacsymException {@code INVALID_REQUEST} naming what cannot be a name or a group
   */
  public Scaffold {
    if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
      throw ElacsymException.invalid(
          "the name is '"
              + name
              + "', expected at most 32 of a-z and 0-9, with single '-' between, starting with a"
              + " letter");
    }
    if (!GROUP.matcher(group).matches()) {
      throw ElacsymException.invalid(
          "the group is '" + group + "', expected names with dots between, such as com.example");
    }
    if (group.equals("java") || group.startsWith("java.")) {
      throw ElacsymException.invalid(
          "the group is '" + group + "', and packages that begin with java are Java's own");
    }
    checkWords("group", group, group.split("\\."));
    checkWords("name", name, packageName(name));
    for (ScaffoldKind.Change source : kind.sources()) {
      checkClass(kind, name, source);
    }
  }

  /** What Java has for itself cannot be a part of a package's name. */
  private static void checkWords(String what, String value, String... parts) {
    for (String part : parts) {
      if (SourceVersion.isKeyword(part)) {
        throw ElacsymException.invalid(
            "the "
                + what
                + " is '"
                + value
                + "', which goes into the name of a package, and '"
                + part
                + "' is a word of Java's own; choose another");
      }
    }
  }

  /** A class cannot have the name of one that the sources use: of the interface it is made for. */
  private static void checkClass(ScaffoldKind kind, String name, ScaffoldKind.Change made) {
    String file = made.to().replace("%Name%", inCamels(name));
    String type = file.substring(0, file.lastIndexOf('.'));
    Pattern word = Pattern.compile("\\b" + Pattern.quote(type) + "\\b");
    for (ScaffoldKind.Change source : kind.sources()) {
      String used = template(source.from());
      for (ScaffoldKind.Change renamed : kind.renamed()) {
        used = used.replace(renamed.from(), "");
      }
      if (made.to().contains("%Name%") && word.matcher(used).find()) {
        throw ElacsymException.invalid(
            "the name is '"
                + name
                + "', which makes a class "
                + type
                + ", and there is one of that name already; choose another");
      }
    }
  }

  private static String packageName(String name) {
    return name.replace('-', '_');
  }

  /** The artifact of its coordinates, and the usual name of its directory. */
  public String artifact() {
    return "elacsym-" + kind + "-" + name;
  }

  /**
   * Writes the project.
   *
   * @param directory is made, and must not be there or be empty
   * @throws ElacsymException {@code CONFLICT} when something is in it
   */
  public void writeTo(Path directory) {
    try {
      if (Files.isDirectory(directory)) {
        try (var inside = Files.list(directory)) {
          if (inside.findAny().isPresent()) {
            throw ElacsymException.conflict(
                directory + " is not empty; name another directory with --out");
          }
        }
      }
      Path main = directory.resolve("src/main/java");
      Path code = main.resolve(filled("%package%").replace('.', '/'));
      Path tests = directory.resolve("src/test/java").resolve(main.relativize(code).toString());
      for (Path made : List.of(code, tests)) {
        Files.createDirectories(made);
      }
      for (String file :
          List.of("pom.xml", "build.gradle.kts", "settings.gradle.kts", "README.md")) {
        Files.writeString(directory.resolve(file), filled(template(file)));
      }
      Files.writeString(directory.resolve(".gitignore"), template("gitignore"));
      Files.writeString(main.resolve("module-info.java"), filled(template("module-info.java")));
      Files.writeString(code.resolve("Packing.java"), filled(template("Packing.java")));
      Files.writeString(tests.resolve("PackingTest.java"), filled(template("PackingTest.java")));
      boolean storage = kind == ScaffoldKind.STORAGE;
      Files.writeString(
          tests.resolve("ContractTest.java"),
          filled(template(storage ? "StorageContractTest.java" : "ContractTest.java")));
      if (storage) {
        Files.writeString(
            code.resolve(filled("%provider%.java")), filled(template("StorageProvider.java")));
      }
      for (ScaffoldKind.Change source : kind.sources()) {
        Files.writeString(code.resolve(filled(source.to())), moved(template(source.from())));
      }
    } catch (FileAlreadyExistsException e) {
      throw ElacsymException.conflict(directory + " is a file; name a directory with --out");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A source of another package, with the names of this project. */
  private String moved(String source) {
    String moved =
        source
            .replaceFirst(
                "(?m)^package [^;]+;", Matcher.quoteReplacement(filled("package %package%;")))
            .replaceAll("(?m)^import io\\.elacsym\\.tck\\.[^;]+;\\R", "");
    for (ScaffoldKind.Change name : kind.renamed()) {
      moved = moved.replace(name.from(), filled(name.to()));
    }
    return moved;
  }

  private String filled(String template) {
    Map<String, String> values = new TreeMap<>();
    values.put("name", name);
    values.put("Name", inCamels(name));
    values.put("extension", name.replace("-", ""));
    values.put("group", group);
    values.put("artifact", artifact());
    values.put("package", group + ".elacsym." + packageName(name));
    values.put("kind", kind.label());
    values.put(
        "Kind", kind.label().substring(0, 1).toUpperCase(Locale.ROOT) + kind.label().substring(1));
    values.put("spi", kind.spi());
    values.put("contract", kind.contract());
    values.put("Contract", kind.contract().substring(kind.contract().lastIndexOf('.') + 1));
    values.put("what", kind.what());
    // What is filled in may have holes of its own.
    values.put("provider", fill(kind.provider(), values));
    values.put("configuration", fill(kind.configuration(), values));
    return fill(template, values);
  }

  private static String fill(String template, Map<String, String> values) {
    return HOLE.matcher(template)
        .replaceAll(
            hole -> Matcher.quoteReplacement(values.getOrDefault(hole.group(1), hole.group())));
  }

  private static String inCamels(String name) {
    return Arrays.stream(name.split("-"))
        .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
        .collect(Collectors.joining());
  }

  private static String template(String name) {
    try (InputStream in = Scaffold.class.getResourceAsStream("template/" + name)) {
      if (in == null) {
        throw new IllegalStateException("this build has no template " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
