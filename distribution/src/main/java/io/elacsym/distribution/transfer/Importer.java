package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.Metric;
import io.elacsym.distribution.client.ElacsymClient;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Progress;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.engine.model.Schema;
import io.elacsym.server.helidon.json.SchemaJson;
import java.io.ByteArrayInputStream;
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
   * @param namespace where it goes
   * @param create whether the namespace is created when it is not there
   * @param schema a file with the schema for that; guessed from the documents when absent
   * @param resume whether to go on where an earlier run of the same import stopped
   */
  public record Task(
      Path file,
      FileFormat format,
      FieldNames names,
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
    Schema schema = schema(task, format);
    ImportState state = ImportState.of(task.file(), client.server() + " " + task.namespace());
    long skipped = task.resume() ? state.rowsDone().orElse(0L) : 0;
    try (RowSource source = format.open(schema);
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
      return new Import(source, client, task.namespace(), state, skipped, limits, screen, progress)
          .run();
    }
  }

  private RowSource.Format format(Task task) {
    return switch (task.format()) {
      case JSONL -> new JsonLinesFormat(task.file(), task.names());
      case CSV -> new CsvFormat(task.file(), task.names());
      case FVECS -> new FvecsFormat(task.file());
      case PARQUET -> new ParquetFormat(task.file(), task.names());
    };
  }

  private Schema schema(Task task, RowSource.Format format) throws IOException {
    Optional<JsonNode> existing = client.describe(task.namespace());
    if (existing.isPresent()) {
      return read(existing.get().path("schema").toString().getBytes(StandardCharsets.UTF_8));
    }
    if (!task.create()) {
      throw ElacsymException.notFound(
          "there is no namespace '" + task.namespace() + "'; --create creates it");
    }
    byte[] schema =
        task.schema().isPresent()
            ? Files.readAllBytes(task.schema().get())
            : SchemaJson.bytes(format.guessSchema());
    client.create(task.namespace(), schema);
    screen.note(
        "Created namespace "
            + task.namespace()
            + " with "
            + (task.schema().isPresent() ? "" : "the guessed ")
            + "schema "
            + new String(schema, StandardCharsets.UTF_8).strip());
    return read(schema);
  }

  private static Schema read(byte[] schema) throws IOException {
    return SchemaJson.read(new ByteArrayInputStream(schema), Metric.COSINE);
  }
}
