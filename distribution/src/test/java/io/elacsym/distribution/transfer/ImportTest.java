package io.elacsym.distribution.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.client.ElacsymClient;
import io.elacsym.distribution.client.ScriptedServer;
import io.elacsym.distribution.client.ScriptedServer.Answer;
import io.elacsym.distribution.terminal.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
  private static final Answer SCHEMA = new Answer(200, "{\"schema\":{\"attributes\":{}}}");
  private static final Answer STORED = new Answer(200, "{\"upserted\":1}");

  @TempDir Path temp;

  private Path file() throws IOException {
    return Files.writeString(temp.resolve("a.jsonl"), "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n");
  }

  /** Where it is remembered how far an import has come; as a folder, it cannot be. */
  private Path state() {
    return temp.resolve("a.jsonl.elacsym-import");
  }

  private static ImportResult run(ScriptedServer server, Path file) throws IOException {
    PrintStream nothing = new PrintStream(OutputStream.nullOutputStream());
    Screen screen = new Screen(InputStream.nullInputStream(), nothing, nothing, false, 100);
    try (ElacsymClient client = new ElacsymClient(server.url(), Duration.ZERO)) {
      return new Importer(client, screen)
          .run(
              new Importer.Task(
                  file,
                  FileFormat.JSONL,
                  FieldNames.USUAL,
                  TextOptions.USUAL,
                  "docs",
                  false,
                  Optional.empty(),
                  true),
              new ImportLimits(1, 1, 0));
    }
  }

  @Test
  void whereNothingCanBeRememberedNothingIsSent() throws IOException {
    Files.createDirectory(state());
    try (ScriptedServer server =
        new ScriptedServer(request -> request.startsWith("GET") ? SCHEMA : STORED)) {
      Path file = file();
      assertThatThrownBy(() -> run(server, file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a.jsonl.elacsym-import is a directory");
      assertThat(server.requests()).allMatch(request -> request.startsWith("GET "));
    }
  }

  @Test
  void theFirstFailureIsToldAlsoWhenWhatWasDoneCannotBeRemembered() throws IOException {
    AtomicInteger upserts = new AtomicInteger();
    try (ScriptedServer server =
        new ScriptedServer(request -> {
          if (request.startsWith("GET")) {
            return SCHEMA;
          }
          if (upserts.incrementAndGet() == 1) {
            return STORED;
          }
          try {
            Files.createDirectories(state());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return Answer.error(500, "internal");
        })) {
      Path file = file();
      assertThatThrownBy(() -> run(server, file))
          .isInstanceOf(ElacsymException.class)
          .hasMessageContaining("as the test wants it; 1 documents were stored")
          .cause()
          .satisfies(first -> assertThat(first.getSuppressed()).hasSize(1));
    }
  }

  @Test
  void aWholeImportLeavesNothingBehind() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(request -> request.startsWith("GET") ? SCHEMA : STORED)) {
      assertThat(run(server, file())).isEqualTo(new ImportResult(3, 0, true));
      assertThat(state()).doesNotExist();
    }
  }
}
