package io.elacsym.distribution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.distribution.plugins.InstalledPlugin;
import io.elacsym.distribution.plugins.InstalledPlugins;
import io.elacsym.distribution.plugins.PluginKind;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.SettingsSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  private static final InstalledPlugins NONE =
      new InstalledPlugins(List.of(), List.of(), List.of());
  private static final Declarations DECLARATIONS = Declarations.of(NONE);

  @TempDir Path temp;

  private Path file(String toml) {
    try {
      return Files.writeString(temp.resolve("test.toml"), toml);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Configuration read(String toml, Map<String, String> environment) {
    return Configuration.read(DECLARATIONS, Optional.of(file(toml)), environment);
  }

  private static Setting setting(Configuration configuration, String key) {
    return configuration.settings().stream()
        .filter(setting -> setting.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theEnvironmentWinsOverTheFileAndTheFileOverTheDefault() {
    Configuration configuration =
        read(
            """
            [server]
            host = "127.0.0.1"
            port = 4000
            """,
            Map.of("ELACSYM_PORT", "5000"));
    assertThat(configuration.problems()).isEmpty();
    assertThat(setting(configuration, "server.port"))
        .extracting(Setting::shown, s -> s.origin().toString())
        .containsExactly("5000", "environment ELACSYM_PORT");
    assertThat(setting(configuration, "server.host"))
        .extracting(Setting::shown, s -> s.origin().toString())
        .containsExactly("127.0.0.1", temp.resolve("test.toml") + ":2");
    assertThat(setting(configuration, "storage.backend"))
        .extracting(Setting::shown, s -> s.origin().toString())
        .containsExactly("local", "default");
  }

  @Test
  void aFileIsLookedForInTheDocumentedOrder() throws IOException {
    Path first = Files.writeString(temp.resolve("first.toml"), "");
    Path second = Files.writeString(temp.resolve("second.toml"), "");
    Path third = Files.writeString(temp.resolve("third.toml"), "");
    Path fourth = Files.writeString(temp.resolve("fourth.toml"), "");
    Map<String, String> named = Map.of("ELACSYM_CONFIG", second.toString());
    List<Path> usual = List.of(third, fourth);
    assertThat(ConfigurationFile.find(Optional.of(first), named, usual)).contains(first);
    assertThat(ConfigurationFile.find(Optional.empty(), named, usual)).contains(second);
    assertThat(ConfigurationFile.find(Optional.empty(), Map.of(), usual)).contains(third);
    Files.delete(third);
    assertThat(ConfigurationFile.find(Optional.empty(), Map.of(), usual)).contains(fourth);
    Files.delete(fourth);
    assertThat(ConfigurationFile.find(Optional.empty(), Map.of(), usual)).isEmpty();
  }

  @Test
  void aNamedFileThatIsMissingIsAnError() {
    Path missing = temp.resolve("missing.toml");
    assertThatThrownBy(() -> ConfigurationFile.find(Optional.of(missing), Map.of()))
        .hasMessageContaining("--config")
        .hasMessageContaining("missing.toml");
    assertThatThrownBy(() ->
            ConfigurationFile.find(Optional.empty(), Map.of("ELACSYM_CONFIG", missing.toString())))
        .hasMessageContaining("ELACSYM_CONFIG");
  }

  @Test
  void everyProblemIsShownAtOnce() {
    Configuration configuration =
        read(
            """
            [cache]
            memory_sise = 1
            disk_size = "lots"
            [compaction]
            enabled = 1
            """,
            Map.of("ELACSYM_PROT", "3000"));
    assertThat(configuration.problems())
        .anySatisfy(problem ->
            assertThat(problem).contains("test.toml", "'cache.memory_sise'", "'cache.memory_size'"))
        .anySatisfy(problem -> assertThat(problem).contains("cache.disk_size is 'lots'", "8GB"))
        .anySatisfy(
            problem -> assertThat(problem).contains("compaction.enabled is '1'", "true or false"))
        .anySatisfy(problem -> assertThat(problem).contains("ELACSYM_PROT", "ELACSYM_PORT"))
        .hasSize(4);
  }

  @Test
  void aFileThatIsNoTomlIsNamedWithLineAndColumn() {
    Configuration configuration = read("[server]\nport = \n", Map.of());
    assertThat(configuration.problems()).singleElement().asString().contains("test.toml:2:");
  }

  @Test
  void theTableOfAPluginThatIsNotInstalledIsOnlyAWarning() {
    Configuration configuration =
        read("[storage.s3]\nbucket = \"elacsym-production\"\nregion = \"us-west-2\"\n", Map.of());
    assertThat(configuration.problems()).isEmpty();
    assertThat(configuration.warnings())
        .hasSize(2)
        .anySatisfy(warning -> assertThat(warning).contains("test.toml", "'storage.s3.bucket'"));
  }

  @Test
  void sizesMayHaveUnits() {
    CheckedSettings checked =
        CheckedSettings.of(
            read("[cache]\nmemory_size = \"64MB\"\ndisk_size = 107374182400\n", Map.of()), NONE);
    assertThat(checked.problems()).noneMatch(problem -> problem.contains("cache."));
  }

  @Test
  void whatKubernetesAddsForAServiceIsIgnored() {
    Configuration configuration =
        read(
            "",
            Map.of(
                "ELACSYM_PORT", "tcp://10.0.0.1:3000",
                "ELACSYM_SERVICE_HOST", "10.0.0.1",
                "ELACSYM_SERVICE_PORT", "3000",
                "ELACSYM_SERVICE_PORT_HTTP", "3000",
                "ELACSYM_PORT_3000_TCP_ADDR", "10.0.0.1",
                "ELACSYM_HEADLESS_PORT", "tcp://10.0.0.1:3000"));
    assertThat(configuration.problems()).isEmpty();
    assertThat(configuration.warnings()).isEmpty();
    assertThat(setting(configuration, "server.port").shown()).isEqualTo("3000");
  }

  @Test
  void anEmptyVariableMeansNotSet() {
    assertThat(setting(read("", Map.of("ELACSYM_STORAGE_BACKEND", "")), "storage.backend").shown())
        .isEqualTo("local");
  }

  @Test
  void aVariableOfAnAbsentPluginIsOnlyAWarning() {
    Configuration configuration = read("", Map.of("ELACSYM_S3_BUCKET", "b"));
    assertThat(configuration.problems()).isEmpty();
    assertThat(configuration.warnings()).singleElement().asString().contains("ELACSYM_S3_BUCKET");
  }

  @Test
  void rustLogIsHonouredBelowOurOwnVariable() {
    assertThat(setting(read("", Map.of("RUST_LOG", "elacsym=debug,info")), "logging.level").shown())
        .isEqualTo("elacsym=debug,info");
    assertThat(
            setting(read("", Map.of("RUST_LOG", "debug", "ELACSYM_LOG", "warn")), "logging.level")
                .shown())
        .isEqualTo("warn");
    Configuration odd = read("", Map.of("RUST_LOG", "[span{x=1}]=loud,debug"));
    assertThat(odd.problems()).isEmpty();
    assertThat(odd.warnings()).hasSize(1);
    assertThat(setting(odd, "logging.level").shown()).isEqualTo("debug");
  }

  @Test
  void pluginsThatAreNotInstalledAreNamedWithTheirKeys() {
    CheckedSettings checked = CheckedSettings.of(read("", Map.of()), NONE);
    assertThat(checked.engine()).isEmpty();
    assertThat(checked.problems())
        .anySatisfy(p -> assertThat(p).startsWith("storage.backend: ").contains("'local'"))
        .anySatisfy(p -> assertThat(p).startsWith("segment.format: ").contains("'parquet'"))
        .anySatisfy(p -> assertThat(p).startsWith("index.vector: ").contains("'ivf'"))
        .anySatisfy(p -> assertThat(p).startsWith("index.text: ").contains("'bm25'"));
  }

  @Test
  void rangesAndLogLevelsAreChecked() {
    CheckedSettings checked =
        CheckedSettings.of(
            read(
                """
                [server]
                port = 70000
                [logging]
                level = "loud"
                [index]
                default_metric = "manhattan"
                """,
                Map.of()),
            NONE);
    assertThat(checked.problems())
        .anySatisfy(problem -> assertThat(problem).contains("port", "70000"))
        .anySatisfy(problem -> assertThat(problem).contains("logging.level", "'loud'"))
        .anySatisfy(problem -> assertThat(problem).contains("default_metric", "'manhattan'"));
  }

  @Test
  void everyValueThatIsOutOfRangeIsShownWithItsPlace() {
    CheckedSettings checked =
        CheckedSettings.of(
            read(
                """
                # a comment
                [server]
                port = 99999
                max_body_bytes = 1

                [history]
                versions = 0
                [compaction]
                "max_segments" = 0
                interval_secs = 0
                [logging]
                level = "loud"
                format = "xml"
                [reaper]
                grace = "1ms"
                """,
                Map.of("ELACSYM_COMPACTION_MAX_SEGMENTS", "-1")),
            NONE);
    String file = temp.resolve("test.toml").toString();
    assertThat(checked.problems())
        .contains(
            file + ":3: server.port is 99999, expected a whole number from 0 to 65535",
            "environment ELACSYM_COMPACTION_MAX_SEGMENTS: compaction.max_segments is -1, expected"
                + " a whole number from 1 to 10000",
            file + ":7: history.versions is 0, expected a whole number from 1 to 10000",
            file + ":13: logging.format is 'xml', expected json or text")
        .anyMatch(line -> line.startsWith(file + ":4: server.max_body_bytes is 1, expected"))
        .anyMatch(line -> line.startsWith(file + ":10: compaction.interval_secs is 0, expected"))
        .anyMatch(line -> line.startsWith(file + ":12: logging.level has 'loud', expected"))
        .anyMatch(line -> line.startsWith(file + ":15: reaper.grace is "));
    assertThat(checked.problems()).doesNotHaveDuplicates();
  }

  @Test
  void tablesOfPluginsThatAreNotChosenAreCheckedToo() {
    InstalledPlugins installed = installed(new Tuned("local"), new Tuned("spare"));
    CheckedSettings checked =
        CheckedSettings.of(
            Configuration.read(
                Declarations.of(installed),
                Optional.of(
                    file(
                        """
                        [server]
                        port = 99999
                        [storage.local]
                        place = "here"
                        level = 23
                        codec = "gzip"
                        least = 3
                        most = 2
                        [storage.spare]
                        part = 1
                        level = "much"
                        codec = "lzma"
                        place = "there"
                        least = 9
                        most = 8
                        [reaper]
                        grace = "0s"
                        """)),
                Map.of()),
            installed);
    String file = temp.resolve("test.toml").toString();
    assertThat(checked.problems())
        .filteredOn(problem -> !problem.startsWith("segment.") && !problem.startsWith("index."))
        .containsExactlyInAnyOrder(
            file + ":2: server.port is 99999, expected a whole number from 0 to 65535",
            file + ":5: storage.local.level is 23, expected a whole number from 1 to 22",
            file + ":6: storage.local.codec is 'gzip', expected zstd or none",
            file + ":8: storage.local.most is 2, expected at least storage.local.least",
            file + ":10: storage.spare.part is 1, expected 5MB to 1GB",
            file + ":11: storage.spare.level is 'much', expected a whole number from 1 to 22",
            file + ":12: storage.spare.codec is 'lzma', expected zstd or none",
            file + ":15: storage.spare.most is 8, expected at least storage.spare.least",
            file + ":17: reaper.grace is 0s, expected at least 1s");
  }

  @Test
  void aRefusedValueOfARequiredOptionIsNotMissingBesides() {
    InstalledPlugins installed = installed(new Tuned("local"));
    CheckedSettings checked =
        CheckedSettings.of(
            Configuration.read(
                Declarations.of(installed),
                Optional.of(file("[storage.local]\nplace = \"nowhere\"\n")),
                Map.of()),
            installed);
    assertThat(checked.problems())
        .filteredOn(problem -> problem.contains("storage."))
        .containsExactly(
            temp.resolve("test.toml")
                + ":2: storage.local.place is 'nowhere', expected here or there");
  }

  @Test
  void whatAPluginThatIsNotChosenRequiresMayBeMissing() {
    InstalledPlugins installed = installed(new Tuned("spare"));
    Configuration configuration =
        Configuration.read(
            Declarations.of(installed),
            Optional.of(file("[storage.spare]\nlevel = 4\n")),
            Map.of());
    assertThat(CheckedSettings.of(configuration, installed).problems())
        .noneMatch(problem -> problem.contains("storage.spare"));
  }

  @Test
  void aPluginThatFailsToCheckIsOneLineAmongTheOthers() {
    InstalledPlugins installed = installed(new Tuned("spare"));
    Configuration configuration =
        Configuration.read(
            Declarations.of(installed),
            Optional.of(file("[storage.spare]\nplace = \"there\"\nlevel = 13\n")),
            Map.of());
    assertThat(CheckedSettings.of(configuration, installed).problems())
        .anyMatch(problem ->
            problem.contains("the table storage.spare cannot be checked")
                && problem.contains("superstitious"));
  }

  @Test
  void aValueInAnInlineTableHasTheLineOfTheTable() {
    InstalledPlugins installed = installed(new Tuned("spare"));
    Configuration configuration =
        Configuration.read(
            Declarations.of(installed),
            Optional.of(file("[storage]\nspare = { part = 1 }\n")),
            Map.of());
    assertThat(configuration.problems())
        .containsExactly(
            temp.resolve("test.toml") + ":2: storage.spare.part is 1, expected 5MB to 1GB");
  }

  private static InstalledPlugins installed(Tuned... providers) {
    return new InstalledPlugins(
        Arrays.stream(providers)
            .map(provider ->
                new InstalledPlugin(
                    PluginKind.STORAGE,
                    provider.name(),
                    provider.spiLevel(),
                    "1",
                    provider.description(),
                    provider.options(),
                    Path.of(provider.name() + ".jar"),
                    provider))
            .toList(),
        List.of(),
        List.of());
  }

  /** A storage with options of every kind of range, of which two make sense only together. */
  private record Tuned(String name) implements StorageProvider {
    @Override
    public int spiLevel() {
      return SpiLevel.CURRENT;
    }

    @Override
    public String description() {
      return "Never opened";
    }

    @Override
    public List<Option> options() {
      return List.of(
          Option.required("place", OptionType.TEXT, "Where.").oneOf("here", "there"),
          Option.of("level", OptionType.INTEGER, "3", "How hard.").between("1", "22"),
          Option.of("codec", OptionType.TEXT, "zstd", "How.").oneOf("zstd", "none"),
          Option.of("part", OptionType.BYTES, "16MB", "How large.").between("5MB", "1GB"),
          Option.of("least", OptionType.INTEGER, "1", "From."),
          Option.of("most", OptionType.INTEGER, "10", "To."));
    }

    @Override
    public void check(Options options) {
      if (options.text("place").equals("there") && options.integer("level") == 13) {
        throw new IllegalStateException("superstitious");
      }
      if (options.integer("most") < options.integer("least")) {
        throw ElacsymException.invalid(
            "most is "
                + options.integer("most")
                + ", expected at least storage."
                + name
                + ".least");
      }
    }

    @Override
    public Storage open(PluginContext context) {
      throw new AssertionError("opened");
    }
  }

  @Test
  void aFileMayBeginWithAByteOrderMark() {
    Configuration configuration = read("\uFEFF[server]\nport = 4000\n", Map.of());
    assertThat(configuration.problems()).isEmpty();
    assertThat(setting(configuration, "server.port").shown()).isEqualTo("4000");
  }

  @Test
  void valuesAreShownWithoutUsersAndPasswordsAndNotAtLength() {
    Option endpoint = Option.optional("endpoint", OptionType.TEXT, "Where.");
    assertThat(endpoint.shown("https://user:p@ss@host:9000/x"))
        .isEqualTo("https://(hidden)@host:9000/x");
    assertThat(endpoint.shown("somebody@example.com")).isEqualTo("somebody@example.com");
    assertThat(endpoint.shown("\uD83D\uDE00".repeat(300)))
        .isEqualTo("\uD83D\uDE00".repeat(200) + "...");
    assertThat(endpoint.asSecret().shown("x")).isEqualTo("(hidden)");
    assertThat(Options.of("", List.of(endpoint), Map.of("endpoint", "http://u:p@h")).toString())
        .isEqualTo("{endpoint=http://(hidden)@h}");
  }

  @Test
  void aBoundThatTheHeapCutsDownIsSaidWithWhatToDo() {
    Configuration configuration =
        read(
            "[cache]\nmemory_size = \"1000TB\"\n[write]\nmax_unflushed_total = \"1MB\"\n",
            Map.of());
    EngineSettings settings = EngineSettings.of(Map.of("cache.memory_size", "1000TB"));
    assertThat(CutDown.of(configuration, settings, 3L << 30))
        .filteredOn(CutDown::wanted)
        .singleElement()
        .satisfies(cut ->
            assertThat(cut.message())
                .startsWith("cache.memory_size is 1000TB (")
                .contains("test.toml:2", "a quarter of the Java heap of 3.0 GB", "-Xmx"));
    Configuration small = read("[cache]\nmemory_size = \"1MB\"\n", Map.of());
    assertThat(CutDown.of(small, EngineSettings.of(Map.of("cache.memory_size", "1MB")), 1L << 40))
        .noneMatch(cut -> cut.message().contains("cache."));
  }

  @Test
  void everyKeyThatTheHeapCutsDownIsSaidAndDefaultsInOneLine() {
    List<String> keys =
        List.of(
            "server.max_body_bytes",
            "server.max_bodies_bytes",
            "server.max_answer_bytes",
            "server.max_answers_bytes",
            "cache.memory_size",
            "write.max_unflushed_total");
    EngineSettings settings = EngineSettings.of(Map.of());
    List<CutDown> defaults = CutDown.of(read("", Map.of()), settings, 512L << 20);
    assertThat(defaults)
        .singleElement()
        .satisfies(cut -> {
          assertThat(cut.wanted()).isFalse();
          assertThat(cut.message()).contains(keys).contains("(32.0 MB instead of 256MB)", "-Xmx");
        });
    assertThat(CutDown.of(read("", Map.of()), settings, 1L << 40)).isEmpty();

    Configuration asked =
        read(
            """
            [server]
            max_body_bytes = "1TB"
            max_bodies_bytes = "1TB"
            max_answer_bytes = "1TB"
            max_answers_bytes = "1TB"
            [cache]
            memory_size = "1TB"
            [write]
            max_unflushed_total = "1TB"
            """,
            Map.of());
    assertThat(CutDown.of(asked, settings, 512L << 20))
        .allMatch(CutDown::wanted)
        .extracting(cut -> cut.message().substring(0, cut.message().indexOf(' ')))
        .containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void optionsOfAPluginAreCutDownWhereItIsInUse() {
    Option held = Option.of("held", OptionType.BYTES, "64MB", "Held.").withinHeap(16);
    Declarations declarations =
        new Declarations(
            List.of(
                new SettingsSection("segment.parquet", "Chosen.", List.of(held)),
                new SettingsSection("segment.orc", "Not chosen.", List.of(held))));
    Configuration configuration = Configuration.read(declarations, Optional.empty(), Map.of());
    assertThat(CutDown.of(configuration, EngineSettings.of(Map.of()), 512L << 20))
        .singleElement()
        .satisfies(cut ->
            assertThat(cut.message())
                .contains("segment.parquet.held (32.0 MB instead of 64MB)")
                .doesNotContain("orc"));
  }

  @Test
  void changesWinOverTheEnvironmentAndTheirMistakesAreNamed() throws IOException {
    Configuration configuration =
        read("[cache]\ndisk_size = 7\n", Map.of("ELACSYM_STORAGE_BACKEND", "local"));
    Path other =
        Files.writeString(
            temp.resolve("other.toml"),
            """
            [server]
            port = "this table is not looked at"
            [storage]
            backend = "s3"
            bakend = "s3"
            """);
    Configuration changed = configuration.with(other, "storage");
    assertThat(setting(changed, "storage.backend"))
        .extracting(Setting::shown, s -> s.origin().toString())
        .containsExactly("s3", other + ":4");
    assertThat(setting(changed, "cache.disk_size").shown()).isEqualTo("7");
    assertThat(changed.problems())
        .singleElement()
        .asString()
        .contains(other + ":5: ", "'storage.bakend'; did you mean 'storage.backend'?");
    Configuration again =
        configuration.with(
            Map.of("storage.backend", "minio", "cache.disk_size", "x"),
            new Origin.Argument("--to"));
    assertThat(setting(again, "storage.backend"))
        .extracting(Setting::shown, s -> s.origin().toString())
        .containsExactly("minio", "--to");
    assertThat(again.problems())
        .singleElement()
        .asString()
        .contains("--to: cache.disk_size is 'x', expected");
    assertThat(setting(configuration, "storage.backend").shown()).isEqualTo("local");
  }
}
