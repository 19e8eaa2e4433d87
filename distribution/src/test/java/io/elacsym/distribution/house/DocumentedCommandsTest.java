package io.elacsym.distribution.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.distribution.cli.Cli;
import io.elacsym.distribution.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A command that is to be copied from a page must be one. */
class DocumentedCommandsTest {
  private static final List<Path> PAGES =
      Stream.of(
              "README.md",
              "docs/operations.md",
              "docs/deployment.md",
              "docs/buckets.md",
              "docs/http.md")
          .map(Checkout.ROOT::resolve)
          .toList();

  /** Behind a prompt of variables, or of the times of a cron table. */
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^(?:[A-Z_]+=\\S+ +|[\\d*/ ]+ )*(?:\\./)?elacsym( .*)?$");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)");

  static List<String> commands() {
    List<String> commands = new ArrayList<>();
    for (Path page : PAGES) {
      var lines = COMMAND.matcher(Markdown.parse(Checkout.read(page)).fenced());
      while (lines.find()) {
        String arguments = lines.group(1);
        commands.add(arguments == null ? "" : arguments.replaceFirst("( #|   ).*", ""));
      }
    }
    return commands;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void itsOptionsExist(String command) {
    List<String> words = new ArrayList<>();
    var word = WORD.matcher(command);
    while (word.find()) {
      words.add(
          Stream.of(1, 2, 3).map(word::group).filter(text -> text != null).findFirst().orElse(""));
    }
    // With --help everything is parsed and nothing is done.
    words.add("--help");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Screen screen =
        new Screen(
            InputStream.nullInputStream(),
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(err),
            false,
            100);
    int code = new Cli(screen, Map.of()).run(words.toArray(String[]::new));
    assertThat(code).as("%s: %s", words, err.toString(StandardCharsets.UTF_8)).isZero();
  }
}
