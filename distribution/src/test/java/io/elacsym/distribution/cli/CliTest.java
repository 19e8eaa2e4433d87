package io.elacsym.distribution.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.distribution.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CliTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Map<String, String> environment, String... arguments) {
    Screen screen =
        new Screen(
            InputStream.nullInputStream(), new PrintStream(out), new PrintStream(err), false, 100);
    return new Cli(screen, environment).run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server",
        "quickstart",
        "import",
        "export",
        "query",
        "stats",
        "reindex",
        "verify",
        "history",
        "restore",
        "branch",
        "backup",
        "repair",
        "storage",
        "storage probe",
        "plugins",
        "plugins new",
        "plugins install",
        "plugins remove",
        "plugins verify",
        "plugins lock",
        "assemble",
        "completion",
        "man"
      })
  void everyCommandTeachesItsUse(String command) {
    assertThat(run(Map.of(), (command + " --help").split(" "))).isZero();
    assertThat(out())
        .contains("Usage: elacsym " + command, "Examples:", "  elacsym " + command.charAt(0))
        .doesNotContain("${");
    assertThat(out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(err()).isEmpty();
  }

  /** Whatever the width, each word of each help text stands on one line. */
  @ParameterizedTest
  @ValueSource(ints = {60, 75, 80, 100})
  void helpBreaksNoWord(int width) {
    Screen screen =
        new Screen(
            InputStream.nullInputStream(),
            new PrintStream(out),
            new PrintStream(err),
            false,
            width);
    CommandLine root = new Cli(screen, Map.of()).commandLine();
    assertThat(withAllBelow(root))
        .anyMatch(command -> command.getUsageMessage().contains("[--[no-]resume]"));
    for (CommandLine command : withAllBelow(root)) {
      CommandLine.Model.CommandSpec spec = command.getCommandSpec();
      List<String> texts = new ArrayList<>();
      texts.addAll(List.of(spec.usageMessage().footer()));
      texts.addAll(List.of(spec.usageMessage().description()));
      spec.options().forEach(option -> texts.addAll(List.of(option.description())));
      Set<String> words = new HashSet<>(List.of(command.getUsageMessage().split("\\s+")));
      for (String text : texts) {
        if (!text.isBlank()
            && !text.contains("${")
            && !text.contains("'")
            && !text.contains("\"")) {
          assertThat(words).as(text).containsAll(List.of(text.strip().split("\\s+")));
        }
      }
    }
  }

  private static List<CommandLine> withAllBelow(CommandLine command) {
    List<CommandLine> all = new ArrayList<>();
    if (!command.getCommandName().equals("help")) {
      all.add(command);
      command.getSubcommands().values().forEach(child -> all.addAll(withAllBelow(child)));
    }
    return all;
  }

  @Test
  void aLongExampleGoesOnAsAShellWouldLetIt() {
    assertThat(WrappedHelp.wrap("  elacsym query -n docs --filter '{\"a\": \"b c\"}' -k 5", 40))
        .containsExactly("  elacsym query -n docs --filter \\", "      '{\"a\": \"b c\"}' -k 5");
    assertThat(WrappedHelp.wrap("The server's own data is what \"they\" want", 20))
        .containsExactly("The server's own", "data is what \"they\"", "want");
  }

  @Test
  void theVersionNamesTheBuild() {
    assertThat(run(Map.of(), "--version")).isZero();
    if (!Files.exists(Path.of("..", ".git"))) {
      assertThat(out()).contains("(SPI level"); // built from an archive, which knows no commit
      return;
    }
    assertThat(VersionText.build())
        .hasValueSatisfying(build -> {
          assertThat(build).matches("commit [0-9a-f]{10} of \\d{4}-\\d\\d-\\d\\d( with changes)?");
          assertThat(out()).contains("(" + build + ", SPI level");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void everyShellGetsAScript(String shell) {
    assertThat(run(Map.of(), "completion", shell)).isZero();
    assertThat(out()).contains("quickstart", "probe", "namespace").doesNotContain("rehearse");
    assertThat(err()).isEmpty();
  }

  @Test
  void anUnknownShellIsToldWhichThereAre() {
    assertThat(run(Map.of(), "completion", "tcsh")).isEqualTo(2);
    assertThat(err()).contains("tcsh", "bash", "zsh", "fish");
  }

  @Test
  void aUserInAnAddressIsNeverPrinted() {
    assertThat(run(Map.of(), "stats", "--server", "http://user:sekrit@127.0.0.1:1")).isEqualTo(1);
    assertThat(err()).contains("no answer from http://(hidden)@127.0.0.1:1");
    assertThat(err()).doesNotContain("sekrit");
  }

  @Test
  void whatComesFromElsewhereMovesNoCursor() {
    assertThat(run(Map.of(), "stats", "--server", "http://\u001b[2J")).isNotZero();
    assertThat(err()).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"value\":NaN}", "{\"value\":\"\\x\"}", "{\"value\":\"cut", "{'a':1}"})
  void jsonThatIsNoneIsRefusedInPlainWords(String json) {
    assertThat(run(Map.of(), "export", "-n", "docs", "--filter", json)).isEqualTo(1);
    assertThat(err())
        .contains("--filter is no valid JSON: ")
        .doesNotContain("Feature", "enable", "REDACTED", "fasterxml", "`");
  }

  @Test
  void everyErrorIsALineAndTheyAreCounted(@TempDir Path temp) throws Exception {
    Path file = Files.writeString(temp.resolve("c.toml"), "[server]\nport = 99999\n");
    String plugins = temp.resolve("none").toString();
    assertThat(
            run(Map.of("ELACSYM_PLUGINS", plugins), "--check-config", "--config", file.toString()))
        .isEqualTo(1);
    assertThat(err()).contains(file + ":2: server.port is 99999, expected a whole number from 0");
    assertThat(err().lines()).last().asString().matches(".*not valid: [2-9] errors\\.");
  }

  @Test
  void helpNamesEveryCommandAndWhatComesNext() {
    assertThat(run(Map.of(), "help")).isZero();
    assertThat(out())
        .contains("quickstart", "import", "export", "query", "stats", "verify", "plugins", "server")
        .contains("history", "restore", "branch", "backup", "repair", "storage")
        .contains("Exit codes: 0 well, 1 failed, 2 wrong arguments");
  }

  @Test
  void anImportGoesOnUnlessToldNotTo() {
    assertThat(resumes("import", "f.csv", "-n", "x")).isTrue();
    assertThat(resumes("import", "f.csv", "-n", "x", "--resume")).isTrue();
    assertThat(resumes("import", "f.csv", "-n", "x", "--no-resume")).isFalse();
  }

  private boolean resumes(String... arguments) {
    Screen screen =
        new Screen(
            InputStream.nullInputStream(), new PrintStream(out), new PrintStream(err), false, 100);
    CommandLine.ParseResult parsed =
        new Cli(screen, Map.of()).commandLine().parseArgs(arguments).subcommand();
    Boolean value = parsed.commandSpec().findOption("--resume").getValue();
    return value;
  }

  @Test
  void theVersionIsOneLine() {
    assertThat(run(Map.of(), "--version")).isZero();
    assertThat(out().lines()).singleElement().asString().startsWith("elacsym ");
  }

  @Test
  void wrongArgumentsEndWith2AndASuggestion() {
    assertThat(run(Map.of(), "qurey")).isEqualTo(2);
    assertThat(err()).contains("did you mean", "query", "--help");
    assertThat(run(Map.of(), "query", "--namespase", "x")).isEqualTo(2);
    assertThat(err()).contains("--namespace");
    assertThat(out()).isEmpty();
  }

  @Test
  void aRestoreSaysWhatAVersionAndATimeLookLike() {
    assertThat(run(Map.of(), "restore", "-n", "docs", "--to", "yesterday")).isEqualTo(2);
    assertThat(err()).contains("'yesterday'", "a version such as 12", "2026-11-25T10:00:00Z");
    assertThat(run(Map.of(), "restore", "-n", "docs")).isEqualTo(2);
    assertThat(err()).contains("--to=VERSION|TIME");
  }

  @Test
  void aBackupNeedsAPlaceThatMakesSense() {
    assertThat(run(Map.of(), "backup", "--as", "copy")).isEqualTo(2);
    assertThat(err()).contains("--as names the copy of one namespace", "--namespace");
    assertThat(run(Map.of(), "backup", "--to", "server.port=1")).isEqualTo(2);
    assertThat(err()).contains("'server.port', expected a key that begins with storage.");
    assertThat(run(Map.of(), "backup", "--to", "storage.backend")).isEqualTo(2);
    assertThat(err()).contains("KEY=VALUE");
  }

  @Test
  void aReindexThatIsCancelledHasNoWishes() {
    assertThat(run(Map.of(), "reindex", "docs", "--cancel", "--force")).isEqualTo(2);
    assertThat(err()).contains("--cancel ends whatever goes on", "--force");
    assertThat(run(Map.of(), "reindex")).isEqualTo(2);
    assertThat(err()).contains("NAMESPACE");
  }

  @Test
  void aProbeHasAtLeastOneRound() {
    assertThat(run(Map.of(), "storage", "probe", "--rounds", "0")).isEqualTo(2);
    assertThat(err()).contains("--rounds is 0, expected at least 1");
  }

  @Test
  void theStorageCommandAloneShowsWhatThereIs() {
    assertThat(run(Map.of(), "storage")).isZero();
    assertThat(out()).contains("Usage: elacsym storage", "probe");
  }

  @Test
  void aServerThatIsNotThereIsOneLineAndAHint() {
    assertThat(run(Map.of("ELACSYM_SERVER", "http://127.0.0.1:1"), "stats")).isEqualTo(1);
    assertThat(err().lines()).hasSize(2).noneMatch(line -> line.startsWith("\tat "));
    assertThat(err()).contains("no answer from http://127.0.0.1:1", "elacsym server");
  }

  @Test
  void aCheckShowsEveryValueAndWhereItComesFrom(@TempDir Path temp) throws Exception {
    Path file = Files.writeString(temp.resolve("c.toml"), "[server]\nport = 4000\nprot = 1\n");
    int code =
        run(
            Map.of("ELACSYM_HOST", "127.0.0.1"),
            "server",
            "--check-config",
            "--config",
            file.toString());
    assertThat(code).isEqualTo(1); // no plugin is installed here, and one key is unknown
    assertThat(out())
        .containsPattern("server\\.host +127\\.0\\.0\\.1 +environment ELACSYM_HOST")
        .containsPattern("server\\.port +4000 +" + file)
        .containsPattern("cache\\.memory_size +4GB +default");
    assertThat(err()).contains("'server.prot'; did you mean 'server.port'?", "storage.backend: ");
  }

  @Test
  void aServerThatCannotStartSaysSoInJsonLinesOnly(@TempDir Path temp) throws Exception {
    Path file = Files.writeString(temp.resolve("c.toml"), "[distributed]\nenabled = true\n");
    assertThat(run(Map.of(), "--config", file.toString())).isEqualTo(1);
    assertThat(out()).isEmpty();
    assertThat(err().lines())
        .isNotEmpty()
        .allMatch(line -> line.startsWith("{\"timestamp\":") && line.endsWith("}"));
    assertThat(err()).contains("distributed.node_id is missing");
  }

  @Test
  void missingPluginsAreExplained() {
    assertThat(run(Map.of("ELACSYM_PLUGINS", "/no/such/directory"), "plugins")).isEqualTo(1);
    assertThat(err()).contains("/no/such/directory: no such directory");
  }
}
