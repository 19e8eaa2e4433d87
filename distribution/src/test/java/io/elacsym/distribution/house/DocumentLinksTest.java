package io.elacsym.distribution.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A link from one page of ours to another file of ours leads there. */
class DocumentLinksTest {
  private static final Pattern PAGES = Pattern.compile(".*\\.md");
  private static final Pattern ELSEWHERE = Pattern.compile("^[a-z][a-z0-9+.-]*:.*|^//.*");

  @Test
  void theFirstPagesAreThere() {
    assertThat(List.of("README.md", "ARCHITECTURE.md"))
        .allSatisfy(page -> assertThat(Checkout.ROOT.resolve(page)).isRegularFile());
  }

  static List<Path> pages() {
    return Checkout.files(PAGES).stream().map(Checkout.ROOT::relativize).toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) {
    assertThat(broken(Checkout.ROOT.resolve(page))).as("broken links").isEmpty();
  }

  private static List<String> broken(Path page) {
    List<String> broken = new ArrayList<>();
    for (String link : Markdown.parse(Checkout.read(page)).links()) {
      if (!ELSEWHERE.matcher(link).matches()) {
        problem(page, link).ifPresent(broken::add);
      }
    }
    return broken;
  }

  private static Optional<String> problem(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty()
            ? page
            : page.resolveSibling(URLDecoder.decode(parts[0], StandardCharsets.UTF_8)).normalize();
    if (!target.startsWith(Checkout.ROOT) || !Files.exists(target)) {
      return Optional.of(link + ": there is no such file");
    }
    boolean anchored =
        parts.length == 2 && Files.isRegularFile(target) && target.toString().endsWith(".md");
    if (anchored && !Markdown.parse(Checkout.read(target)).anchors().contains(parts[1])) {
      return Optional.of(link + ": there is no such heading");
    }
    return Optional.empty();
  }
}
