package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No byte of a body is ever taken for a request, whatever the route, whatever it is answered for,
 * and however the body is framed.
 */
class SmugglingTest {
  private static final String VICTIM = "/v1/namespaces/victim";
  private static final String INSIDE = "DELETE " + VICTIM + " HTTP/1.1\r\nHost: good\r\n\r\n";
  private static final String BEHIND =
      "GET /health HTTP/1.1\r\nHost: good\r\nConnection: close\r\n\r\n";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "server.max_body_bytes",
                "1KB",
                "server.allowed_hosts",
                "good, 127.0.0.1",
                "server.idle_timeout",
                "10s"));
    for (String name : List.of("docs", "victim")) {
      assertThat(server.put("/v1/namespaces/" + name, "{\"vector_dim\":2}").status())
          .isEqualTo(200);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Why a request is answered, mostly without a look into its body. */
  enum Reason {
    SERVED,
    NO_SUCH_PATH,
    WRONG_METHOD,
    WRONG_TYPE,
    NO_TYPE,
    WRONG_CODING,
    BAD_PARAMETER,
    BAD_PERCENT,
    FOREIGN_ORIGIN,
    FOREIGN_HOST,
    TOO_LARGE
  }

  private static String request(
      Route route, Reason reason, boolean expect, boolean chunked, int clutter) {
    String path =
        route
            .path()
            .replace("{ns}", route.method().equals("DELETE") ? "gone" : "docs")
            .replace("{id}", "1");
    String target =
        switch (reason) {
          case NO_SUCH_PATH -> path + "/nothing/here";
          case BAD_PARAMETER -> path + "?timeout=soon";
          case BAD_PERCENT -> path + "?x=%zz";
          default -> path;
        };
    String body = " ".repeat(reason == Reason.TOO_LARGE ? 2_000 : clutter) + INSIDE;
    return (reason == Reason.WRONG_METHOD ? "BREW" : route.method())
        + " "
        + target
        + " HTTP/1.1\r\nHost: "
        + (reason == Reason.FOREIGN_HOST ? "evil" : "good")
        + "\r\n"
        + switch (reason) {
          case WRONG_TYPE -> "Content-Type: text/plain\r\n";
          case NO_TYPE -> "";
          default -> "Content-Type: application/json\r\n";
        }
        + (reason == Reason.WRONG_CODING ? "Content-Encoding: br\r\n" : "")
        + (reason == Reason.FOREIGN_ORIGIN ? "Origin: http://evil\r\n" : "")
        + (expect ? "Expect: 100-continue\r\n" : "")
        + (chunked
            ? "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length())
                + "\r\n"
                + body
                + "\r\n0\r\n\r\n"
            : "Content-Length: " + body.length() + "\r\n\r\n" + body);
  }

  @ParameterizedTest
  @EnumSource
  void aRequestInsideOfABodyIsNeverCarriedOut(Reason reason) {
    List<String> wrong = new ArrayList<>();
    for (Route route : server.routes()) {
      for (boolean expect : List.of(true, false)) {
        for (boolean chunked : List.of(true, false)) {
          String request = request(route, reason, expect, chunked, 0);
          String answers = server.raw(request + BEHIND);
          long finalAnswers =
              answers.lines().filter(line -> line.matches("HTTP/1\\.1 [2-5]..( .*)?")).count();
          boolean untouched = server.engine.count() == 2;
          // The first answer, and perhaps that of what came behind the body: never one between.
          boolean good =
              finalAnswers >= 1
                  && finalAnswers <= 2
                  && (finalAnswers == 1 || answers.contains("\"healthy\""))
                  && !answers.contains("\"deleted\"")
                  && !answers.contains("\"message\":null")
                  && untouched;
          if (!good) {
            wrong.add(request + " was answered\n" + answers);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(server.get(VICTIM).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void whoIsNotToldToSendABodyIsToldThatTheConnectionEnds(Reason reason) {
    for (Route route : server.routes()) {
      String request = request(route, reason, true, false, 0);
      String head = request.substring(0, request.indexOf("\r\n\r\n") + 4);
      if (reason != Reason.SERVED || route.body() == Route.Body.NONE) {
        assertThat(server.raw(head + INSIDE))
            .describedAs(request)
            .containsOnlyOnce("HTTP/1.1 ")
            .containsIgnoringCase("connection: close");
      }
    }
    assertThat(server.get(VICTIM).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionWhoseBodyIsReadServesTheNextRequest(Reason reason) {
    for (Route route : server.routes()) {
      for (boolean chunked : List.of(true, false)) {
        String request = request(route, reason, false, chunked, 10);
        String answers = server.raw(request + BEHIND);
        if (reason != Reason.BAD_PERCENT && !answers.contains("Connection: close\r\n")) {
          assertThat(answers).describedAs(request).contains("\"healthy\"");
        }
      }
    }
  }
}
