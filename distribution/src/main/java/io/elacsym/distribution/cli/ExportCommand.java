package io.elacsym.distribution.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.client.ElacsymClient;
import io.elacsym.distribution.files.WholeFile;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.transfer.Exporter;
import io.elacsym.distribution.transfer.FileFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the documents of a namespace to a file. */
@Command(
    name = "export",
    description = "Write the documents of a namespace to a file.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym export --namespace docs --out docs.jsonl",
      "  elacsym export -n docs --no-vectors --filter"
          + " '{\"field\":\"year\",\"op\":\"gte\",\"value\":2015}' > recent.jsonl",
      "  elacsym export -n docs --format csv --out docs.csv",
      "",
      "Documents come in the order of their ids. What changes meanwhile may or may not be in it."
          + " `elacsym import` reads all three formats."
    })
final class ExportCommand implements Callable<Integer> {
  /**
   * How long a request is tried again. It is some times longer than a request usually takes, so
   * that one that took too long can be sent again.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Screen screen;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      required = true,
      description = "Which namespace.")
  private String namespace = "";

  @Mixin private ClientOptions server = new ClientOptions();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Where to write. Default: standard output")
  private @Nullable Path out;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "NAME",
      description = "jsonl, csv or fvecs. Default: what the file's name says, else jsonl")
  private @Nullable String format;

  @Option(
      names = "--filter",
      paramLabel = "JSON",
      description =
          "Only documents that match, such as {\"field\":\"year\",\"op\":\"eq\","
              + "\"value\":2015}.")
  private @Nullable String filter;

  @Option(names = "--no-vectors", description = "Leave the vectors out.")
  private boolean noVectors;

  ExportCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    Optional<JsonNode> condition =
        Optional.ofNullable(filter).map(text -> JsonArguments.parse("--filter", text));
    Path file = out;
    FileFormat chosen =
        format == null && file == null
            ? FileFormat.JSONL
            : FileFormat.of(Optional.ofNullable(format), file == null ? Path.of("-") : file);
    Instant start = Instant.now();
    try (ElacsymClient client = server.client(PATIENCE)) {
      Exporter exporter = new Exporter(client, screen);
      long count;
      if (file == null) {
        count = exporter.run(namespace, chosen, condition, !noVectors, screen.out());
        // A stream for printing keeps its failures to itself until it is asked.
        if (screen.out().checkError()) {
          throw new IOException("standard output could not be written");
        }
      } else {
        try (WholeFile whole = WholeFile.create(file)) {
          count = exporter.run(namespace, chosen, condition, !noVectors, whole.stream());
          whole.commit();
        }
      }
      Duration time = Duration.between(start, Instant.now());
      screen.note(
          "Exported "
              + Figures.count(count)
              + " documents in "
              + Figures.seconds(time)
              + " ("
              + Figures.rate(count, time)
              + ").");
    }
    return ExitCode.OK;
  }
}
