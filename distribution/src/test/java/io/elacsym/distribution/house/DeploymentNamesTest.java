package io.elacsym.distribution.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What alerts, dashboards and proxies call by name is there. */
class DeploymentNamesTest {
  private static final Pattern METRIC = Pattern.compile("\\b((?:elacsym|jvm|process)_[a-z_]+)\\b");
  private static final Pattern DECLARED = Pattern.compile("\"(elacsym_[a-z_]+)\"");
  private static final Pattern OF_A_HISTOGRAM = Pattern.compile("_(bucket|count|sum)$");

  /** What the library tells of every Java process; DeploymentFilesIT asks a server for them. */
  private static final Set<String> OF_THE_PROCESS =
      Set.of(
          "jvm_memory_used_bytes",
          "jvm_gc_collection_seconds_sum",
          "process_cpu_seconds_total",
          "process_start_time_seconds");

  private static final Pattern CALL = Pattern.compile("(?m)^\\| \\[`[A-Z]+ ([^`]+)`\\]");

  private static Set<String> declared() {
    Path sources = Checkout.ROOT.resolve("server-helidon").resolve("src").resolve("main");
    return Checkout.files(Pattern.compile(".*\\.java")).stream()
        .filter(file -> file.startsWith(sources))
        .flatMap(file -> Checkout.all(DECLARED, Checkout.read(file)).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"examples/prometheus/elacsym.rules.yaml", "examples/grafana/elacsym.json"})
  void theServerHasEachMetric(String file) {
    Set<String> known = declared();
    known.addAll(OF_THE_PROCESS);
    List<String> named =
        Checkout.all(METRIC, Checkout.read(Checkout.ROOT.resolve(file))).stream()
            .filter(name -> !known.contains(name))
            .filter(name -> !known.contains(OF_A_HISTOGRAM.matcher(name).replaceFirst("")))
            .distinct()
            .toList();
    assertThat(named).as("metrics of %s that no server has", file).isEmpty();
    assertThat(METRIC.matcher(Checkout.read(Checkout.ROOT.resolve(file))).results().count())
        .isGreaterThan(20);
  }

  /** The paths of the reference, with a word for each thing in braces, and that of the cluster. */
  private static List<String> paths() {
    List<String> paths =
        Checkout.all(CALL, Checkout.read(Checkout.ROOT.resolve("docs/http.md"))).stream()
            .map(path -> path.replaceAll("\\{[^}]+}", "docs"))
            .distinct()
            .toList();
    assertThat(paths).contains("/v1/namespaces/docs/query").hasSizeGreaterThan(15);
    return paths;
  }

  private static void expectPathsBelow(Pattern prefix, Pattern exact, Pattern regex, String text) {
    List<String> paths = paths();
    List<String> prefixes = Checkout.all(prefix, text);
    List<String> whole = Checkout.all(exact, text);
    List<String> patterns = Checkout.all(regex, text);
    assertThat(prefixes)
        .contains("/v1/")
        .allSatisfy(wanted -> assertThat(paths).anyMatch(path -> path.startsWith(wanted)));
    assertThat(whole).hasSize(2).allSatisfy(wanted -> assertThat(paths).contains(wanted));
    assertThat(patterns)
        .hasSize(2)
        .allSatisfy(wanted -> {
          String all = wanted.replaceAll("^\\^|\\$$", "");
          // Each word of `(query|scan)` is one of the calls.
          String words = all.replaceAll(".*\\((.*)\\)", "$1");
          for (String word : words.split("\\|")) {
            assertThat("/v1/namespaces/docs/" + word).matches(all).isIn(paths);
          }
        });
  }

  @Test
  void eachPathOfNginxIsOneOfTheServer() {
    expectPathsBelow(
        Pattern.compile("(?m)^location (/\\S*) \\{"),
        Pattern.compile("(?m)^location = (/\\S+) \\{"),
        Pattern.compile("(?m)^location ~ \"([^\"]+)\" \\{"),
        Checkout.read(Checkout.ROOT.resolve("examples/proxy/elacsym-routes.conf")));
  }

  @Test
  void eachPathOfEnvoyIsOneOfTheServer() {
    expectPathsBelow(
        Pattern.compile("prefix: \"([^\"]+)\""),
        Pattern.compile("match: \\{ path: \"([^\"]+)\" }"),
        Pattern.compile("regex: \"(/[^\"]+)\""),
        Checkout.read(Checkout.ROOT.resolve("examples/proxy/envoy.yaml")));
  }
}
