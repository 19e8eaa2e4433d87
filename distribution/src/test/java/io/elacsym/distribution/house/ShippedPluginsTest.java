package io.elacsym.distribution.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The distribution copies the directory of every plugin that has been built. That all have been
 * built by then is said in {@code plugins/pom.xml}, and nowhere else.
 */
class ShippedPluginsTest {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>io\\.elacsym</groupId>\\s*"
              + "<artifactId>(elacsym-[^<]+)</artifactId>");
  private static final Pattern OWN_ARTIFACT =
      Pattern.compile("</parent>(?s:.*?)<artifactId>([^<]+)</artifactId>");
  private static final String PARENT = "<artifactId>elacsym-plugin-parent</artifactId>";

  @Test
  void everyPluginIsBuiltBeforeTheDistribution() {
    List<String> plugins =
        Checkout.all(MODULE, pom(".")).stream()
            .map(ShippedPluginsTest::pom)
            .filter(pom -> pom.contains("<parent>") && parent(pom).contains(PARENT))
            .map(pom -> Checkout.all(OWN_ARTIFACT, pom).getFirst())
            .toList();
    assertThat(plugins).isNotEmpty();
    assertThat(Checkout.all(DEPENDENCY, pom("plugins")))
        .containsExactlyInAnyOrderElementsOf(plugins);
    assertThat(Checkout.all(DEPENDENCY, pom("distribution"))).contains("elacsym-plugins");
  }

  private static String parent(String pom) {
    return pom.substring(pom.indexOf("<parent>"), pom.indexOf("</parent>"));
  }

  private static String pom(String folder) {
    return Checkout.read(Checkout.ROOT.resolve(Path.of(folder, "pom.xml")));
  }
}
