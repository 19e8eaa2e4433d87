package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.distribution.client.ElacsymClient;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Progress;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.server.helidon.json.SchemaJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Brings a file into a namespace: the namespace is created when asked, then the rows are sent. */
public final class Importer {
  private final ElacsymClient client;
  private final Screen screen;

  public Importer(ElacsymClient client, Screen screen) {
    this.client = client;
    this.screen = screen;
  }

  /**
   * What is to be imported.
   *
   * @param file the file
   * @param format how it is read
   * @param names which of its columns are id and vector
   * @param text how it is read if it is text
   * @param namespace where it goes
   * @param create whether the namespace is created when it is not there
   * @param schema a file with the schema for that; guessed from the documents when absent
   * @param resume whether to go on where an earlier run of the same import stopped
   */
  public record Task(
      Path file,
      FileFormat format,
      FieldNames names,
      TextOptions text,
      String namespace,
      boolean create,
      Optional<Path> schema,
      boolean resume) {}

  /**
   * Runs an import.
   *
   * @throws ElacsymException when it cannot go on
   */
  public ImportResult run(Task task, ImportLimits limits) throws IOException {
    if (!Files.isRegularFile(task.file())) {
      throw ElacsymException.invalid(task.file() + " is no file");
    }
    RowSource.Format format = format(task);
    Target target = target(task, format);
    ImportState state =
        ImportState.of(
            task.file(),
            Option.withoutUserInfo(client.server().toString()) + " " + task.namespace());
    long skipped = task.resume() ? state.rowsDone().orElse(0L) : 0;
    try (RowSource source = format.open(target.schema());
        Progress progress = new Progress(screen, "Importing", source.size())) {
      if (skipped > 0) {
        screen.note(
            "Going on after "
                + source.rowName()
                + " "
                + Figures.count(skipped)
                + " (--no-resume starts from the beginning).");
        source.skip(skipped);
      }
      ImportResult result =
          new Import(source, client, target, state, skipped, limits, screen, progress).run();
      if (result.refused() == 0) {
        target.ensure(); // also for a file without documents
      } else if (result.stored() == 0) {
        target.dropIfUnused();
      }
      return result;
    }
  }

  private RowSource.Format format(Task task) {
    return switch (task.format()) {
      case JSONL -> new JsonLinesFormat(task.file(), task.names(), task.text());
      case CSV -> new CsvFormat(task.file(), task.names(), task.text());
      case FVECS -> new FvecsFormat(task.file());
      case PARQUET -> new ParquetFormat(task.file(), task.names());
    };
  }

  private Target target(Task task, RowSource.Format format) throws IOException {
    Optional<JsonNode> existing = client.describe(task.namespace());
    if (existing.isPresent()) {
      byte[] schema = existing.get().path("schema").toString().getBytes(StandardCharsets.UTF_8);
      return Target.existing(client, screen, task.namespace(), schema);
    }
    if (!task.create()) {
      throw ElacsymException.notFound(
          "there is no namespace '" + task.namespace() + "'; --create creates it");
    }
    return task.schema().isPresent()
        ? Target.missing(client, screen, task.namespace(), given(task.schema().get()), "schema ")
        : Target.missing(
            client,
            screen,
            task.namespace(),
            SchemaJson.bytes(format.guessSchema()),
            "the guessed schema ");
  }

  /** The schema in a file; editors may have put a byte-order mark before it. */
  private static byte[] given(Path file) throws IOException {
    return new LineReader(Files.newInputStream(file)).rest();
  }
}
