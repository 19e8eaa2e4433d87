package io.elacsym.distribution.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.distribution.client.ElacsymClient;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Progress;
import io.elacsym.distribution.terminal.Screen;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives the data of a namespace other indexes. */
@Command(
    name = "reindex",
    description = "Build the indexes of existing data anew, as the server is configured now.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym reindex docs                       after index.vector, or its options, were changed",
      "  elacsym reindex docs --index hnsw          try another index before configuring it",
      "  elacsym reindex docs --no-wait             begin, and look later: elacsym stats -n docs",
      "  elacsym reindex docs --cancel",
      "",
      "The server does it in the background, one segment after the other, while it answers queries"
          + " and takes writes; a segment is searched by its former index until it has the new one."
          + " What was built as it would be built now is left alone, unless there is --force: so the"
          + " same command goes on after a cancellation or a restart. When this command is stopped,"
          + " the server goes on."
    })
final class ReindexCommand implements Callable<Integer> {
  /** How long the server may be away, or busy, before this command gives up looking. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration LOOK = Duration.ofMillis(500);

  private final Screen screen;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "NAMESPACE", description = "Which namespace.")
  private String namespace = "";

  @Option(
      names = "--index",
      paramLabel = "NAME",
      description =
          "Build this installed index, with the options that the configuration has for it. Default:"
              + " the ones that the configuration names; those are also what later flushes and merges"
              + " build")
  private @Nullable String index;

  @Option(
      names = "--kind",
      paramLabel = "vector|text",
      description = "Only indexes of vectors, or of text. Default: both")
  private @Nullable String kind;

  @Option(names = "--force", description = "Build anew also what is as it would be built now.")
  private boolean force;

  @Option(
      names = "--cancel",
      description = "Tell the one that goes on to end; what it has built stays.")
  private boolean cancel;

  @Option(
      names = "--wait",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Wait for the end (the default), or return when it has begun.")
  private boolean wait;

  @Mixin private ClientOptions server = new ClientOptions();

  ReindexCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    if (cancel && (index != null || kind != null || force)) {
      throw WrongArguments.of(
          spec, "--cancel ends whatever goes on; it has no --index, --kind or --force beside it");
    }
    String path = ElacsymClient.path(namespace, "/reindex");
    try (ElacsymClient client = server.client(PATIENCE)) {
      JsonNode begun = cancel ? client.delete(path) : client.post(path, wish());
      return wait ? watch(client, path, begun) : told(begun);
    }
  }

  private ObjectNode wish() {
    ObjectNode wish = JsonNodeFactory.instance.objectNode();
    if (index != null) {
      wish.put("index", index);
    }
    if (kind != null) {
      wish.put("kind", kind);
    }
    return force ? wish.put("force", true) : wish;
  }

  private static boolean goesOn(JsonNode status) {
    return List.of("running", "cancelling").contains(status.path("state").asText());
  }

  private int told(JsonNode status) {
    if (goesOn(status)) {
      screen.line(
          "The reindex of "
              + namespace
              + " is "
              + status.path("state").asText()
              + ": "
              + howFar(status)
              + ".");
      return ExitCode.OK;
    }
    return verdict(status);
  }

  private int watch(ElacsymClient client, String path, JsonNode begun) {
    JsonNode status = begun;
    if (goesOn(begun)) {
      try (Progress progress =
          Progress.ofRows(screen, "Reindexing " + namespace, begun.path("rows").asLong())) {
        status =
            client.await(
                path,
                LOOK,
                now -> {
                  progress.outOf(now.path("rows").asLong());
                  progress.at(now.path("rows_done").asLong());
                  return !goesOn(now);
                });
      }
    }
    return verdict(status);
  }

  private static String howFar(JsonNode status) {
    return Figures.count(status.path("segments_done").asLong())
        + " of "
        + Figures.of(status.path("segments").asLong(), "segment")
        + ", "
        + Figures.count(status.path("rows_done").asLong())
        + " of "
        + Figures.of(status.path("rows").asLong(), "row");
  }

  private int verdict(JsonNode status) {
    return switch (status.path("state").asText()) {
      case "done" -> done(status);
      case "cancelled" -> {
        screen.line("The reindex of " + namespace + " was cancelled: " + howFar(status) + ".");
        yield cancel ? ExitCode.OK : ExitCode.SOFTWARE;
      }
      case "failed" -> {
        screen.note(
            "elacsym: the reindex of "
                + namespace
                + " came as far as "
                + howFar(status)
                + "; the last error: "
                + status.path("last_error").asText("none"));
        screen.note("The same command goes on from there.");
        yield ExitCode.SOFTWARE;
      }
      default -> unknown();
    };
  }

  private int done(JsonNode status) {
    screen.line(
        status.path("segments").asLong() == 0
            ? "There was nothing to do in " + namespace + "; its indexes are as wished:"
            : "Reindexed " + namespace + ": " + howFar(status) + ", with");
    status.path("recipes").forEach(recipe -> screen.line("  " + recipe.asText()));
    return ExitCode.OK;
  }

  /** The server knows of no reindex. */
  private int unknown() {
    if (cancel) {
      screen.line("There was no reindex of " + namespace + " to cancel.");
      return ExitCode.OK;
    }
    screen.note(
        "elacsym: the server was started anew meanwhile; the same command goes on with what is"
            + " left.");
    return ExitCode.SOFTWARE;
  }
}
