package io.elacsym.distribution.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.distribution.client.ScriptedServer;
import io.elacsym.distribution.client.ScriptedServer.Answer;
import io.elacsym.distribution.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What {@code elacsym reindex} says of what a server answers. */
class ReindexCommandTest {
  private static final String PATH = "/v1/namespaces/docs/reindex";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private List<String> requests = List.of();

  private static Answer status(String state, int done) {
    return new Answer(
        200,
        """
        {"namespace":"docs","state":"%s","recipes":["hnsw v1 m=16"],"force":false,
         "segments_done":%d,"segments":4,"rows_done":%d,"rows":4000,
         "started_at":"2026-11-25T10:00:00Z","last_error":"the storage does not answer"}
        """
            .formatted(state, done, 1_000 * done));
  }

  private static Answer none() {
    return new Answer(200, "{\"namespace\":\"docs\",\"state\":\"none\"}");
  }

  /** Runs the command against a server that gives these answers. */
  private int run(List<Answer> answers, String... arguments) throws IOException {
    Queue<Answer> left = new ArrayDeque<>(answers);
    try (ScriptedServer server = new ScriptedServer(request -> left.remove())) {
      List<String> all = new ArrayList<>(List.of("reindex", "docs"));
      all.addAll(List.of(arguments));
      all.addAll(List.of("--server", server.url().toString()));
      Screen screen =
          new Screen(
              InputStream.nullInputStream(),
              new PrintStream(out),
              new PrintStream(err),
              false,
              100);
      int code = new Cli(screen, Map.of()).run(all.toArray(String[]::new));
      requests = server.requests();
      return code;
    }
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void itWaitsForTheEndAndTellsWithWhat() throws IOException {
    assertThat(run(List.of(status("running", 0), status("running", 2), status("done", 4))))
        .isZero();
    assertThat(requests).containsExactly("POST " + PATH, "GET " + PATH, "GET " + PATH);
    assertThat(out())
        .contains("Reindexed docs: 4 of 4 segments, 4,000 of 4,000 rows", "hnsw v1 m=16");
    assertThat(err()).isEmpty();
  }

  @Test
  void itDoesNotWaitWhenToldSo() throws IOException {
    assertThat(run(List.of(status("running", 1)), "--no-wait", "--index", "hnsw")).isZero();
    assertThat(requests).containsExactly("POST " + PATH);
    assertThat(out()).contains("is running: 1 of 4 segments, 1,000 of 4,000 rows");
  }

  @Test
  void aFailureEndsWith1AndSaysWhatToDo() throws IOException {
    assertThat(run(List.of(status("running", 0), status("failed", 3)))).isEqualTo(1);
    assertThat(err())
        .contains("3 of 4 segments", "the storage does not answer", "goes on from there");
  }

  @Test
  void oneThatOthersHaveCancelledEndsWith1() throws IOException {
    assertThat(run(List.of(status("running", 0), status("cancelling", 1), status("cancelled", 1))))
        .isEqualTo(1);
    assertThat(out()).contains("was cancelled: 1 of 4 segments");
  }

  @Test
  void cancellingWaitsForTheEndToo() throws IOException {
    assertThat(run(List.of(status("cancelling", 1), status("cancelled", 2)), "--cancel")).isZero();
    assertThat(requests).containsExactly("DELETE " + PATH, "GET " + PATH);
    assertThat(out()).contains("was cancelled: 2 of 4 segments");
  }

  @Test
  void whereThereIsNothingToCancelThatIsSaid() throws IOException {
    assertThat(run(List.of(none()), "--cancel")).isZero();
    assertThat(out()).contains("There was no reindex of docs to cancel.");
  }

  @Test
  void aServerThatWasStartedAnewMeanwhileKnowsNothingOfIt() throws IOException {
    assertThat(run(List.of(status("running", 1), none()))).isEqualTo(1);
    assertThat(err()).contains("was started anew meanwhile; the same command goes on");
  }

  @Test
  void whatTheServerRefusesIsTold() throws IOException {
    assertThat(run(List.of(Answer.error(400, "invalid_request")), "--index", "hsnw")).isEqualTo(1);
    assertThat(err()).contains("as the test wants it");
  }
}
