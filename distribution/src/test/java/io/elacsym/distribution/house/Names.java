package io.elacsym.distribution.house;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything in the checkout that a page can name. */
final class Names {
  private static final Pattern SOURCE = Pattern.compile("\\w+\\.java");
  private static final Pattern ANY = Pattern.compile(".*");
  private static final Pattern POM = Pattern.compile("pom\\.xml");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|interface|enum|record)\\s+([A-Z]\\w*)");

  private static final Pattern LOOKS_LIKE_A_CLASS =
      Pattern.compile("([A-Z]\\w*[a-z]\\w*)(?:[.#](\\w+))?(?:\\(.*\\))?");
  private static final Pattern LOOKS_LIKE_OURS =
      Pattern.compile("(?:io\\.elacsym|com\\.example)\\b.*");
  private static final Pattern LOOKS_DOTTED =
      Pattern.compile("[a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*)+");
  private static final Pattern LOOKS_LIKE_A_PATH = Pattern.compile("[\\w.-]+(?:/[\\w.-]+)*/?");
  private static final Pattern LOOKS_LIKE_A_FILE =
      Pattern.compile("[\\w.-]+\\.(?:java|md|xml|toml|sh|ya?ml)");
  private static final Pattern LOOKS_LIKE_AN_ARTIFACT = Pattern.compile("elacsym-[a-z0-9-]+");

  /** The text of the files that declare a simple name. */
  private final Map<String, List<String>> declaring = new HashMap<>();

  private final Set<String> qualified = new HashSet<>();
  private final Set<String> fileNames = new HashSet<>();
  private final Set<String> artifacts = new HashSet<>();
  private final Set<String> ofTheJdk = simpleNamesOfTheJdk();
  private final String configuration;

  private Names() {
    for (Path file : Checkout.files(SOURCE)) {
      addSource(Checkout.read(file));
    }
    for (Path file : Checkout.files(POM)) {
      artifacts.addAll(Checkout.all(ARTIFACT, Checkout.read(file)));
    }
    Checkout.files(ANY).forEach(file -> fileNames.add(file.getFileName().toString()));
    Checkout.modules().forEach(part -> qualified.add(part.descriptor().name()));
    Checkout.classes().stream().map(JavaClass::getFullName).forEach(qualified::add);
    Path options = Checkout.ROOT.resolve("docs").resolve("configuration.md");
    configuration = Files.exists(options) ? Checkout.read(options) : "";
  }

  static Names ofTheCheckout() {
    return new Names();
  }

  private void addSource(String text) {
    Checkout.all(PACKAGE, text)
        .forEach(name -> {
          // io.elacsym.engine.query exists, and so do the packages it lies in.
          for (String outer = name; outer.contains("."); ) {
            qualified.add(outer);
            outer = outer.substring(0, outer.lastIndexOf('.'));
          }
        });
    for (String type : new HashSet<>(Checkout.all(TYPE, text))) {
      declaring.computeIfAbsent(type, name -> new ArrayList<>()).add(text);
    }
  }

  /** Whether a page may have this in backticks: it exists, or does not look like a name of ours. */
  boolean mayStand(String code) {
    return !looksLikeAName(code) || exists(code);
  }

  private static boolean looksLikeAName(String code) {
    return Stream.of(
                LOOKS_LIKE_A_CLASS,
                LOOKS_LIKE_OURS,
                LOOKS_DOTTED,
                LOOKS_LIKE_A_FILE,
                LOOKS_LIKE_AN_ARTIFACT)
            .anyMatch(pattern -> pattern.matcher(code).matches())
        || (code.contains("/") && LOOKS_LIKE_A_PATH.matcher(code).matches());
  }

  boolean exists(String code) {
    return isClassOrMember(code)
        || qualified.contains(code)
        || qualified.contains("io.elacsym." + code)
        || artifacts.contains(code)
        || fileNames.contains(code)
        || isFile(code)
        || isConfigured(code);
  }

  private boolean isClassOrMember(String code) {
    Matcher matcher = LOOKS_LIKE_A_CLASS.matcher(code);
    if (!matcher.matches()) {
      return false;
    }
    String type = matcher.group(1);
    String member = matcher.group(2);
    List<String> texts = declaring.getOrDefault(type, List.of());
    if (member == null) {
      return !texts.isEmpty() || ofTheJdk.contains(type);
    }
    Pattern word = Pattern.compile("\\b" + Pattern.quote(member) + "\\b");
    return texts.stream().anyMatch(text -> word.matcher(text).find())
        || (texts.isEmpty() && ofTheJdk.contains(type));
  }

  private static boolean isFile(String code) {
    return LOOKS_LIKE_A_PATH.matcher(code).matches() && Files.exists(Checkout.ROOT.resolve(code));
  }

  /** A key such as {@code cache.memory_size}, or a table such as {@code storage.local}. */
  private boolean isConfigured(String code) {
    return LOOKS_DOTTED.matcher(code).matches()
        && Pattern.compile("\\b" + Pattern.quote(code) + "\\b").matcher(configuration).find();
  }

  private static Set<String> simpleNamesOfTheJdk() {
    Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base");
    try (Stream<Path> files = Files.walk(base)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.substring(name.lastIndexOf('$') + 1, name.length() - ".class".length()))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
