package io.elacsym.distribution.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The map does not rot: what ARCHITECTURE.md names exists. */
class ArchitectureNamesTest {
  /** Two humps at least: in a drawing, a single capitalised word is just a word. */
  private static final Pattern CLASS_IN_A_DRAWING =
      Pattern.compile("(?<![\\w.])([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+)(?![\\w])");

  @Test
  void everyNameInTheMapExists() {
    Markdown map = Markdown.parse(Checkout.read(Checkout.ROOT.resolve("ARCHITECTURE.md")));
    Names names = Names.ofTheCheckout();
    Set<String> unknown =
        map.code().stream()
            .filter(name -> !names.mayStand(name))
            .collect(Collectors.toCollection(TreeSet::new));
    Checkout.all(CLASS_IN_A_DRAWING, map.fenced()).stream()
        .filter(name -> !names.mayStand(name))
        .forEach(unknown::add);
    assertThat(unknown)
        .as(
            "names in backticks that look like a class, member, package, module, artifact, folder or"
                + " file of ours and are none; a name of somebody else's stands without backticks")
        .isEmpty();
  }

  @Test
  void namesAreToldFromWordsAndCheckedToTheMember() {
    Names names = Names.ofTheCheckout();
    assertThat(
            Set.of(
                "VectorIndexProvider",
                "RowSet.isAll",
                "ErrorKind.CORRUPT",
                "VectorIndexProvider#build(...)",
                "Engine.open(settings, providers)",
                "Explanation.Node",
                "ModuleLayer",
                "io.elacsym.api",
                "io.elacsym.engine.query",
                "io.elacsym.api.index.Metric",
                "api.index",
                "api/",
                "docs/vocabulary.md",
                "engine/src/main/java",
                "pom.xml",
                "module-info.java",
                "elacsym-tck"))
        .allMatch(names::exists, "exists");
    assertThat(
            Set.of(
                "NoSuchClassOfOurs",
                "RowSet.noSuchMember",
                "io.elacsym.nowhere",
                "engine.nowhere",
                "nowhere/",
                "docs/nowhere.md",
                "nowhere.java",
                "elacsym-nowhere"))
        .noneMatch(names::mayStand);
    assertThat(
            Set.of(
                "strong",
                "UNKNOWN",
                "PUT",
                "/v1/namespaces/{ns}",
                "{namespace}/manifest.json",
                "role = \"query\"",
                "--check-config",
                "a < b",
                "2^64-1"))
        .allMatch(names::mayStand, "is no name of ours");
  }
}
