package io.elacsym.examples.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @TempDir private Path directory;

  private final Transcript errors = new Transcript();

  @Test
  void loadsShowsTheTourAndLeavesALoadedNamespaceAlone() throws Exception {
    try (FakeElacsym server = new FakeElacsym()) {
      Transcript first = new Transcript();
      assertThat(run(first, server)).isZero();
      assertThat(server.documents("dictionary")).hasSize(20);
      assertThat(server.queries()).hasSameSizeAs(Question.tour());
      assertThat(first.lines())
          .contains("What to try next:")
          .anySatisfy(line -> assertThat(line).contains("which word means").endsWith("[3 ms]"))
          .anySatisfy(line -> assertThat(line).startsWith("  word"))
          .anySatisfy(line -> assertThat(line).startsWith("  curl -s " + server.address()));

      Transcript second = new Transcript();
      int upserts = server.upserts();
      assertThat(run(second, server, "--no-queries")).isZero();
      assertThat(server.upserts()).isEqualTo(upserts);
      assertThat(second.lines()).containsExactly("Namespace dictionary holds 20 meanings already.");

      Transcript lookUp = new Transcript();
      server.queries().clear();
      assertThat(run(lookUp, server, "--query", "a person who studies the stars")).isZero();
      assertThat(server.queries()).hasSize(1);
      assertThat(server.queries().element().path("vector").size()).isEqualTo(384);
      assertThat(server.queries().element().path("top_k").asInt()).isEqualTo(10);
    }
  }

  @Test
  void theExportNeedsNoServerAndWritesOneDocumentALine() throws Exception {
    Path file = directory.resolve("out.jsonl");
    Transcript transcript = new Transcript();
    assertThat(
            Main.run(
                transcript.screen(),
                errors.screen().out(),
                "--all",
                "--limit",
                "3",
                "--cache",
                directory.toString(),
                "--export-jsonl",
                file.toString()))
        .isZero();

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(3);
    JsonNode first = Json.parse(lines.getFirst());
    assertThat(first.path("id").asLong()).isEqualTo(100_001_740);
    assertThat(first.path("vector").size()).isEqualTo(384);
    assertThat(first.path("attributes").path("word").asText()).isEqualTo("entity");
  }

  @Test
  void helpNamesEveryOptionAndFitsTheScreen() {
    Transcript transcript = new Transcript();
    assertThat(Main.run(transcript.screen(), errors.screen().out(), "--help")).isZero();
    assertThat(String.join("\n", transcript.lines()))
        .contains("--server=URL", "--all", "--limit=N", "--query=TEXT", "--cache=DIR")
        .contains("--export-jsonl=FILE", "--no-queries", "--namespace=NAME", "Examples:");
    assertThat(transcript.lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void wrongArgumentsAreNotAcceptedSilently() {
    Transcript transcript = new Transcript();
    assertThat(Main.run(transcript.screen(), errors.screen().out(), "--limit", "many"))
        .isEqualTo(2);
    assertThat(Main.run(transcript.screen(), errors.screen().out(), "--limit", "0")).isEqualTo(1);
    assertThat(Main.run(transcript.screen(), errors.screen().out(), "--server", "localhost:3000"))
        .isEqualTo(1);
    assertThat(transcript.lines()).isEmpty();
    assertThat(errors.lines())
        .anySatisfy(line -> assertThat(line).contains("'many' is not an int"))
        .contains("reverse-dictionary: --limit 0: expected 1 or more")
        .anySatisfy(line -> assertThat(line).contains("--server localhost:3000: expected"));
  }

  private int run(Transcript transcript, FakeElacsym server, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server",
                server.address().toString(),
                "--limit",
                "20",
                "--cache",
                directory.toString()));
    arguments.addAll(List.of(more));
    return Main.run(transcript.screen(), errors.screen().out(), arguments.toArray(String[]::new));
  }
}
