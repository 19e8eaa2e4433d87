package io.elacsym.distribution.cli;

import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.client.ElacsymClient;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.transfer.FieldNames;
import io.elacsym.distribution.transfer.FileFormat;
import io.elacsym.distribution.transfer.ImportLimits;
import io.elacsym.distribution.transfer.ImportResult;
import io.elacsym.distribution.transfer.Importer;
import io.elacsym.distribution.transfer.TextOptions;
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
import picocli.CommandLine.Parameters;

/** Loads a file into a namespace. */
@Command(
    name = "import",
    description = "Load a file of documents into a namespace.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym import docs.jsonl --namespace docs --create",
      "  elacsym import books.csv -n books --create --schema books.schema.json --id-column isbn",
      "  elacsym import embeddings.parquet -n docs --vector-column embedding",
      "  elacsym import sift_base.fvecs -n sift --create",
      "",
      "JSON Lines: {\"id\":1,\"vector\":[..],\"attributes\":{..}} a line, or flat: {\"id\":1,"
          + "\"title\":\"..\"}. CSV: a head line; lists as JSON or separated by semicolons. fvecs:"
          + " the id is the row's number. Parquet: columns of plain values"
          + " and lists. A name that ends in .gz is unpacked (JSON Lines, CSV,"
          + " fvecs).",
      "Rows that are refused are named with the reason and left out; the exit code is 1 then. When"
          + " it is stopped, the same command goes on where it was: FILE.elacsym-import remembers.",
      "Next: elacsym stats, elacsym query --help."
    })
final class ImportCommand implements Callable<Integer> {
  /**
   * How long a request is tried again. It is some times longer than a request usually takes, so
   * that one that took too long can be sent again.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Screen screen;

  @Parameters(paramLabel = "FILE", description = "The file to load.")
  private Path file = Path.of("");

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      required = true,
      description = "Where the documents go.")
  private String namespace = "";

  @Mixin private ClientOptions server = new ClientOptions();

  @Option(
      names = "--create",
      description =
          "Create the namespace when it is not there: with the schema of --schema, else with one"
              + " guessed from the first 1,000 documents.")
  private boolean create;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description =
          "Schema for --create, as JSON: {\"vector_dim\":384,\"attributes\":{\"title\":{\"type\":"
              + "\"string\",\"full_text\":true}}}.")
  private @Nullable Path schema;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "NAME",
      description = "jsonl, csv, parquet or fvecs. Default: what the file's name says.")
  private @Nullable String format;

  @Option(
      names = "--id-column",
      paramLabel = "NAME",
      description = "Which column is the id. Default: id")
  private String idColumn = FieldNames.USUAL.id();

  @Option(
      names = "--vector-column",
      paramLabel = "NAME",
      description = "Which column is the vector. Default: vector")
  private String vectorColumn = FieldNames.USUAL.vector();

  @Option(
      names = "--string-ids",
      description = "Ids of digits in CSV and Parquet are strings, not numbers.")
  private boolean stringIds;

  @Option(
      names = "--unnamed-column",
      paramLabel = "NAME|-",
      description =
          "What a CSV column without a name is called, or - to leave it out. pandas writes the"
              + " numbers of its rows so.")
  private @Nullable String unnamedColumn;

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      description =
          "Encoding of a CSV or JSON Lines file, such as windows-1252 or UTF-16. Default: UTF-8")
  private @Nullable String charset;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Most documents of one request. Default: 1000")
  private int batch = 1_000;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Most requests at a time. Default: 4")
  private int concurrency = 4;

  @Option(
      names = "--max-errors",
      paramLabel = "N",
      description = "Give up after this many refused rows. Default: 100")
  private int maxErrors = 100;

  @Option(
      names = "--resume",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Go on where an earlier run of the same import stopped (the default), or start from the"
              + " beginning.")
  private boolean resume;

  ImportCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    if (batch < 1 || concurrency < 1 || maxErrors < 0) {
      throw ElacsymException.invalid(
          "--batch and --concurrency must be 1 or more, --max-errors 0 or more");
    }
    Importer.Task task =
        new Importer.Task(
            file,
            FileFormat.of(Optional.ofNullable(format), file),
            new FieldNames(idColumn, vectorColumn, stringIds),
            TextOptions.of(Optional.ofNullable(charset), Optional.ofNullable(unnamedColumn)),
            namespace,
            create,
            Optional.ofNullable(schema),
            resume);
    Instant start = Instant.now();
    try (ElacsymClient client = server.client(PATIENCE)) {
      ImportResult result =
          new Importer(client, screen).run(task, new ImportLimits(batch, concurrency, maxErrors));
      report(result, Duration.between(start, Instant.now()));
      return result.refused() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private void report(ImportResult result, Duration time) {
    screen.line(
        "Imported "
            + Figures.count(result.stored())
            + " documents into "
            + namespace
            + " in "
            + Figures.seconds(time)
            + " ("
            + Figures.rate(result.stored(), time)
            + "), "
            + Figures.count(result.refused())
            + " refused.");
    if (!result.complete()) {
      screen.note(
          "elacsym: gave up after "
              + result.refused()
              + " refused rows; correct them, or allow more with --max-errors");
    }
  }
}
