package io.elacsym.distribution.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.SpiLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is published is said in one way everywhere. */
class PublishedArtifactsTest {
  private static final Pattern OURS =
      Pattern.compile("<artifactId>(elacsym-[a-z0-9-]+)</artifactId>\\s*<version>");

  private static List<String> versionsOf(String folder) {
    return Checkout.all(OURS, Checkout.read(Checkout.ROOT.resolve(folder).resolve("pom.xml")))
        .stream()
        .filter(artifact -> !artifact.equals("elacsym-parent"))
        .toList();
  }

  @Test
  void theBomHasEveryPublishedModule() {
    List<String> published =
        Checkout.modules().stream()
            .map(Checkout.Part::folder)
            .filter(PublishedArtifactsTest::isPublished)
            .map(folder -> "elacsym-" + folder)
            .toList();
    assertThat(published).hasSizeGreaterThan(10);
    assertThat(versionsOf("bom")).containsExactlyInAnyOrderElementsOf(published);
  }

  private static boolean isPublished(String folder) {
    Path module = Checkout.ROOT.resolve(folder);
    return Files.exists(module.resolve("src/main/java/module-info.java"))
        && !Checkout.read(module.resolve("pom.xml"))
            .contains("<elacsym.stage.phase>none</elacsym.stage.phase>");
  }

  @Test
  void theApiIsComparedWithTheOneOfItsLevel() {
    String level =
        Checkout.all(
                Pattern.compile("<elacsym.spi.level>(\\d+)</elacsym.spi.level>"),
                Checkout.read(Checkout.ROOT.resolve("api").resolve("pom.xml")))
            .getFirst();
    assertThat(level).isEqualTo(Integer.toString(SpiLevel.CURRENT));
  }

  @Test
  void ourOwnBuildUsesWhatTheBomHas() {
    assertThat(versionsOf(".")).containsAll(versionsOf("bom"));
  }
}
