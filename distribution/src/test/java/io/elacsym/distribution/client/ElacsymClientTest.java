package io.elacsym.distribution.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.distribution.client.ScriptedServer.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ElacsymClientTest {
  private static final Duration PATIENT = Duration.ofMinutes(1);
  private static final Answer DONE = new Answer(200, "{\"upserted\":1}");
  private static final List<Answer> TOO_LATE =
      List.of(
          Answer.error(504, "timeout"), Answer.error(408, "timeout"), new Answer(504, "gateway"));

  /** A server that gives one answer first, and another one ever after. */
  private static ScriptedServer first(Answer once, Answer then) throws IOException {
    Queue<Answer> answers = new ArrayDeque<>(List.of(once));
    return new ScriptedServer(request -> answers.isEmpty() ? then : answers.remove());
  }

  @Test
  void whatCameTooLateIsSentAgainWhereThatDoesNoHarm() throws IOException {
    for (Answer late : TOO_LATE) {
      try (ScriptedServer server = first(late, DONE);
          ElacsymClient client = new ElacsymClient(server.url(), PATIENT)) {
        assertThat(client.postRaw("/v1/namespaces/a/upsert", new byte[] {'{', '}'}))
            .asString()
            .isEqualTo(DONE.body());
        assertThat(server.requests()).hasSize(2).containsOnly("POST /v1/namespaces/a/upsert");
      }
      try (ScriptedServer server = first(late, DONE);
          ElacsymClient client = new ElacsymClient(server.url(), PATIENT)) {
        assertThat(client.describe("a")).isPresent();
        assertThat(server.requests()).hasSize(2);
      }
    }
  }

  @Test
  void whatCreatesOrDeletesIsNotSentAgainWhenItMayHaveBeenDone() throws IOException {
    for (Answer late : TOO_LATE) {
      try (ScriptedServer server = first(late, Answer.error(409, "conflict"));
          ElacsymClient client = new ElacsymClient(server.url(), PATIENT)) {
        assertThatThrownBy(() -> client.create("a", new byte[] {'{', '}'}))
            .isInstanceOfSatisfying(
                ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT));
        assertThat(server.requests()).containsExactly("PUT /v1/namespaces/a");
      }
    }
  }

  @Test
  void whoHasNoPatienceIsToldAtOnce() throws IOException {
    try (ScriptedServer server = first(Answer.error(504, "timeout"), DONE);
        ElacsymClient client = new ElacsymClient(server.url(), Duration.ZERO)) {
      assertThatThrownBy(() -> client.get("/health")).isInstanceOf(ElacsymException.class);
      assertThat(server.requests()).hasSize(1);
    }
  }
}
