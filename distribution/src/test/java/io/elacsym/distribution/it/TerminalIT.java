package io.elacsym.distribution.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees at a real terminal, which is made by {@code script} of util-linux. */
class TerminalIT {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final String LAUNCHER = Installation.LAUNCHER.getFirst();

  @TempDir Path temp;

  @BeforeAll
  static void terminalsCanBeMade() {
    boolean linux = System.getProperty("os.name").equals("Linux");
    if (linux && Files.isExecutable(SCRIPT)) {
      return;
    }
    String why = linux ? SCRIPT + " of util-linux is missing" : "this is no Linux";
    // Where nobody looks at what was skipped, a machine that lacks it is set up wrong.
    assertThat(linux && System.getenv("CI") != null).as(why).isFalse();
    System.out.println("TerminalIT is skipped: " + why);
    abort(why);
  }

  private Process start(String command) {
    return Installation.start(
        List.of(SCRIPT.toString(), "-qec", command, "/dev/null"),
        temp,
        Map.of("ELACSYM_PORT", "0", "TERM", "xterm"));
  }

  /** Everything that reaches the terminal, without colours and carriage returns. */
  private List<String> seen(String arguments) {
    return seenOf("'" + LAUNCHER + "' " + arguments);
  }

  private List<String> seenOf(String command) {
    Process process = start(command);
    int code = Installation.exitCode(process);
    List<String> lines =
        Installation.lines(temp.resolve("out")).stream()
            .map(line -> line.replaceAll("\\e\\[[\\d;]*m|\\r", ""))
            .toList();
    assertThat(Installation.lines(temp.resolve("err"))).isEmpty();
    assertThat(code).as("%s", lines).isBetween(0, 2);
    return lines;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "help import",
        "server --help",
        "no-such-command",
        "stats --server http://127.0.0.1:1",
        "import no-such-file.csv -n docs",
        "plugins",
        "verify",
        "--check-config"
      })
  void theJvmSaysNothing(String arguments) {
    assertThat(seen(arguments)).isNotEmpty().noneMatch(line -> line.contains("WARNING"));
  }

  @Test
  void helpIsAllThatIsPrintedForHelp() {
    List<String> lines = seen("--help");
    assertThat(lines).first().asString().startsWith("Usage: elacsym ");
    assertThat(lines).last().asString().contains("Exit codes: 0 well, 1 failed");
    String commit = Files.exists(Path.of("..", ".git")) ? "commit [0-9a-f]{10} of .*, " : "";
    assertThat(seen("--version"))
        .singleElement()
        .asString()
        .matches("elacsym 0\\.1\\.0 \\(" + commit + "SPI level \\d+, Java .*\\)");
  }

  @Test
  void helpFitsIntoANarrowTerminal() {
    assertThat(seenOf("stty cols 72; '" + LAUNCHER + "' help import"))
        .isNotEmpty()
        .allMatch(line -> line.length() <= 72);
  }

  @Test
  void theLogOfAServerIsJsonFromItsFirstLine() throws IOException, InterruptedException {
    Path log = temp.resolve("log");
    Process process = start("exec '" + LAUNCHER + "' 2>'" + log + "'");
    try {
      Instant deadline = Instant.now().plusSeconds(Installation.PATIENCE_SECONDS);
      while (!Files.exists(log) || !Files.readString(log).contains("listens on")) {
        assertThat(process.isAlive() && Instant.now().isBefore(deadline)).isTrue();
        Thread.sleep(Duration.ofMillis(20));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      Installation.exitCode(process);
    }
    for (String line : Files.readAllLines(log)) {
      JsonNode json = new ObjectMapper().readTree(line);
      assertThat(json.path("message").isTextual()).as(line).isTrue();
    }
    assertThat(Installation.lines(temp.resolve("out"))).isEmpty();
  }

  @Test
  void aBarEndsAtTheRealEndAndIsDrawnOnlyWhereSomebodyLooks() throws IOException {
    Path file =
        Files.write(
            temp.resolve("a.jsonl"),
            IntStream.range(0, 2_900).mapToObj(i -> "{\"id\":" + i + "}").toList());
    Path home = Files.createDirectories(temp.resolve("server"));
    try (ServerProcess server = ServerProcess.start(home, Map.of("ELACSYM_PORT", "0"))) {
      String command =
          "'%s' import '%s' -n docs --batch 100 --no-resume --server %s"
              .formatted(LAUNCHER, file, server.url());
      assertThat(Installation.exitCode(start(command + " --create"))).isZero();
      List<String> frames =
          List.of(Files.readString(temp.resolve("out")).split("[\r\n]+")).stream()
              .filter(frame -> frame.contains("Importing"))
              .toList();
      assertThat(frames).last().asString().contains("100%", "2,900 documents");
      assertThat(Installation.exitCode(start(command + " 2>'" + temp.resolve("notes") + "'")))
          .isZero();
      assertThat(Files.readString(temp.resolve("notes"))).doesNotContain("\r", "Importing");
    }
  }

  @Test
  void theClassCacheOfThePackagingIsUsed() throws IOException {
    assertThat(Installation.HOME.resolve("elacsym.aot")).isNotEmptyFile();
    Installation.Ended ended =
        Installation.run(
            temp,
            Map.of("ELACSYM_JAVA_OPTS", "-Xlog:aot*=info:file=" + temp.resolve("aot.log")),
            "--version");
    assertThat(ended.code()).isZero();
    assertThat(Files.readString(temp.resolve("aot.log"))).contains("full module graph: enabled");
  }

  @Test
  void aClassCacheThatDoesNotFitIsNoticedByNobody() throws IOException {
    Path other = temp.resolve("other");
    for (String part : List.of("bin", "lib")) {
      Files.createDirectories(other.resolve(part));
      try (Stream<Path> files = Files.list(Installation.HOME.resolve(part))) {
        for (Path file : files.toList()) {
          Path copy = Files.copy(file, other.resolve(part).resolve(file.getFileName()));
          assertThat(copy.toFile().setExecutable(true)).isTrue();
        }
      }
    }
    List<String> launcher = List.of(other.resolve("bin").resolve("elacsym").toString());
    Files.writeString(other.resolve("elacsym.aot"), "this is no class cache");
    Installation.Ended broken = Installation.run(launcher, temp, Map.of(), "--version");
    assertThat(broken.err()).isEmpty();
    assertThat(broken.out()).hasSize(1);
    Files.delete(other.resolve("elacsym.aot"));
    Installation.Ended without = Installation.run(launcher, temp, Map.of(), "--version");
    assertThat(without.err()).isEmpty();
    assertThat(without.out()).isEqualTo(broken.out());
  }

  @Test
  void manualPagesAndCompletionsAreThere() throws IOException {
    Path share = Installation.HOME.resolve("share");
    assertThat(Files.readString(share.resolve("man/man1/elacsym-storage-probe.1")))
        .startsWith(".TH \"ELACSYM-STORAGE-PROBE\" 1 ")
        .contains(".SH SYNOPSIS", ".SH EXAMPLES");
    assertThat(share.resolve("man/man1/elacsym-rehearse.1")).doesNotExist();
    for (String script : List.of("elacsym", "elacsym.zsh", "elacsym.fish")) {
      assertThat(Files.readString(share.resolve("completions").resolve(script)))
          .contains("id-column", "probe")
          .doesNotContain("rehearse");
    }
  }

  @Test
  void bashCompletesCommandsAndOptions() {
    Path script = Installation.HOME.resolve("share/completions/elacsym");
    String ask =
        ". '%s'; COMP_WORDS=(elacsym %s); COMP_CWORD=%d; _complete_elacsym; echo ${COMPREPLY[@]}";
    assumeThat(Path.of("/bin/bash")).isExecutable();
    assertThat(bash(ask.formatted(script, "sta", 1))).contains("stats");
    assertThat(bash(ask.formatted(script, "import --id", 2))).contains("--id-column");
  }

  private String bash(String command) {
    Installation.Ended ended =
        Installation.run(List.of("/bin/bash", "-c", command), temp, Map.of());
    return String.join("\n", ended.out());
  }
}
