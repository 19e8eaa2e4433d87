package io.elacsym.distribution.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The builds of the example plugin and of new projects stand alone, so nothing but this keeps their
 * versions those of ours. They must need nothing that our build does not need: they are built in
 * integration tests, which may run without a network.
 */
class ExamplePluginPomTest {
  private static final String OURS = Checkout.read(Checkout.ROOT.resolve("pom.xml"));
  private static final String EXAMPLE =
      Checkout.read(
          Checkout.ROOT.resolve("examples").resolve("plugin-index-flat").resolve("pom.xml"));

  private static final String SCAFFOLD =
      Checkout.read(Checkout.ROOT.resolve("distribution/src/main/scaffold/filtered/pom.xml"));

  private static final Pattern BUILD_PLUGIN =
      Pattern.compile(
          "<artifactId>(maven-[a-z]+-plugin)</artifactId>\\s*<version>([^<]+)</version>");

  @Test
  void itsBuildPluginsAreOfTheVersionsWeUse() {
    for (String pom : List.of(EXAMPLE, SCAFFOLD)) {
      Map<String, String> wanted = buildPlugins(pom);
      assertThat(wanted).isNotEmpty();
      assertThat(buildPlugins(OURS)).containsAllEntriesOf(wanted);
    }
  }

  @Test
  void itTestsWithOurJUnit() {
    assertThat(property(EXAMPLE, "junit.version")).isEqualTo(property(OURS, "junit.version"));
  }

  @Test
  void itIsWrittenForThisElacsym() {
    Matcher version =
        Pattern.compile("<artifactId>elacsym-parent</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(OURS);
    assertThat(version.find()).isTrue();
    assertThat(property(EXAMPLE, "elacsym.version")).isEqualTo(version.group(1));
  }

  private static Map<String, String> buildPlugins(String pom) {
    Map<String, String> versions = new TreeMap<>();
    BUILD_PLUGIN
        .matcher(pom)
        .results()
        .forEach(found -> versions.put(found.group(1), found.group(2)));
    return versions;
  }

  private static String property(String pom, String name) {
    return Checkout.all(Pattern.compile("<" + name + ">([^<]+)</" + name + ">"), pom).getFirst();
  }
}
