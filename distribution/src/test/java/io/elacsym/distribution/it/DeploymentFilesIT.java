package io.elacsym.distribution.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.distribution.config.Configuration;
import io.elacsym.distribution.config.Declarations;
import io.elacsym.distribution.plugins.InstalledPlugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the files of examples/ tell the server is what it understands. */
class DeploymentFilesIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXAMPLES = ROOT.resolve("examples");

  /** A block of YAML, up to the next line that is not as far to the right. */
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^( *)config\\.toml: \\|\\n((?:\\1 +.*\\n|\\n)+)");

  private static final Pattern FENCED = Pattern.compile("(?m)^```toml\\n((?:.*\\n)*?)```");

  /** `- NAME=value`, `NAME: value`, `Environment=NAME=value`, `- name: NAME`. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?m)(?:^ *-? *|^Environment=|name: )(ELACSYM_\\w+)(?:(?:=|: )\"?([^\\n\"]*))?");

  private static final Declarations DECLARATIONS = declarations();

  @TempDir private Path temp;

  private static Declarations declarations() {
    InstalledPlugins installed =
        InstalledPlugins.load(List.of(Installation.HOME.resolve("plugins")));
    assertThat(installed.problems()).isEmpty();
    return Declarations.of(installed);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> files(Path below, String ending) {
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .filter(file -> !file.toString().contains("target"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A text of TOML and where it stands. */
  record Toml(String place, String text) {
    @Override
    public String toString() {
      return place;
    }
  }

  private static void found(List<Toml> all, Path file, Pattern pattern, int group) {
    Matcher matcher = pattern.matcher(read(file));
    for (int number = 1; matcher.find(); number++) {
      all.add(new Toml(ROOT.relativize(file) + " " + number, matcher.group(group).stripIndent()));
    }
  }

  static List<Toml> configurations() {
    List<Toml> all = new ArrayList<>();
    for (Path file : files(EXAMPLES.resolve("kubernetes"), ".yaml")) {
      found(all, file, BLOCK, 2);
    }
    for (Path file : files(EXAMPLES.resolve("docker-compose"), ".toml")) {
      all.add(new Toml(ROOT.relativize(file).toString(), read(file)));
    }
    found(all, ROOT.resolve("docs/deployment.md"), FENCED, 1);
    assertThat(all).hasSizeGreaterThan(4);
    return all;
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void eachConfigurationIsUnderstood(Toml toml) throws IOException {
    Path file = Files.writeString(temp.resolve("config.toml"), toml.text());
    Configuration read = Configuration.read(DECLARATIONS, Optional.of(file), Map.of());
    assertThat(read.problems()).isEmpty();
    assertThat(read.warnings()).isEmpty();
  }

  static List<Path> filesWithVariables() {
    List<Path> all = new ArrayList<>();
    all.addAll(files(EXAMPLES.resolve("docker-compose"), ".yaml"));
    all.addAll(files(EXAMPLES.resolve("kubernetes"), ".yaml"));
    all.addAll(files(EXAMPLES.resolve("helm"), ".yaml"));
    all.addAll(files(EXAMPLES.resolve("helm"), ".tpl"));
    all.addAll(files(EXAMPLES.resolve("systemd"), ".service"));
    return all.stream().map(ROOT::relativize).toList();
  }

  @ParameterizedTest
  @MethodSource("filesWithVariables")
  void eachVariableIsOneThatThereIs(Path file) {
    Map<String, String> environment = new TreeMap<>();
    VARIABLE
        .matcher(read(ROOT.resolve(file)))
        .results()
        .filter(match -> !match.group(1).equals("ELACSYM_CONFIG"))
        .forEach(match -> environment.put(match.group(1), value(match.group(2))));
    Configuration read = Configuration.read(DECLARATIONS, Optional.empty(), environment);
    assertThat(read.problems()).isEmpty();
    assertThat(read.warnings()).isEmpty();
  }

  /** In Kubernetes the value stands elsewhere. */
  private static String value(String written) {
    return written == null ? "" : written.strip();
  }

  /** Which alerts and dashboards name beside the server's own (DeploymentNamesTest). */
  @Test
  void theMetricsOfTheProcessAreThere() throws Exception {
    Map<String, String> environment =
        Map.of(
            "ELACSYM_HOST",
            "127.0.0.1",
            "ELACSYM_PORT",
            "0",
            "ELACSYM_STORAGE_PATH",
            temp.resolve("data").toString(),
            "ELACSYM_CACHE_DISK_PATH",
            temp.resolve("cache").toString());
    try (ServerProcess server = ServerProcess.start(temp, environment, "server")) {
      assertThat(server.send("GET", "/metrics", "").body())
          .contains("jvm_memory_used_bytes{area=\"heap\"}")
          .contains("jvm_gc_collection_seconds_sum{")
          .contains("process_cpu_seconds_total ")
          .contains("process_start_time_seconds ");
    }
  }
}
