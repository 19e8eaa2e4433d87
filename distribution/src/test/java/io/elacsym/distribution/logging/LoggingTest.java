package io.elacsym.distribution.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class LoggingTest {
  @Test
  void levelsAreReadAsInRustLog() {
    LogLevels.Parsed parsed = LogLevels.parse("elacsym::engine=trace, io.helidon=off ,warn");
    assertThat(parsed.bad()).isEmpty();
    assertThat(parsed.levels().root()).isEqualTo(Level.WARNING);
    assertThat(parsed.levels().targets())
        .containsEntry("io.elacsym.engine", Level.FINEST)
        .containsEntry("io.helidon", Level.OFF);
    assertThat(LogLevels.parse("DEBUG").levels().root()).isEqualTo(Level.FINE);
    assertThat(LogLevels.parse("loud").bad()).containsExactly("loud");
  }

  @Test
  void everyLineIsAJsonObjectWithItsStackTrace() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Logging logging =
        Logging.start(
            LogLevels.parse("info,test.loud=debug").levels(), LogFormat.JSON, new PrintStream(out));
    System.getLogger("test.quiet").log(System.Logger.Level.DEBUG, "unheard");
    System.getLogger("test.loud").log(System.Logger.Level.DEBUG, "heard {0}", "twice");
    System.getLogger("test.quiet")
        .log(System.Logger.Level.ERROR, "line\nbreak", new IllegalStateException("why"));
    logging.write(Level.INFO, "end", "stopped");
    String[] lines = out.toString(StandardCharsets.UTF_8).split("\n");
    assertThat(lines).hasSize(3);
    JsonNode first = new ObjectMapper().readTree(lines[0]);
    assertThat(first.path("level").asText()).isEqualTo("DEBUG");
    assertThat(first.path("target").asText()).isEqualTo("test.loud");
    assertThat(first.path("message").asText()).isEqualTo("heard twice");
    assertThat(first.path("timestamp").asText()).endsWith("Z");
    assertThat(new ObjectMapper().readTree(lines[1]).path("error").asText())
        .contains("IllegalStateException: why");
    assertThat(new ObjectMapper().readTree(lines[2]).path("message").asText()).isEqualTo("stopped");
  }

  private static String logged(String levels, LogFormat format, Runnable logs) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Logging logging = Logging.start(LogLevels.parse(levels).levels(), format, new PrintStream(out));
    logs.run();
    logging.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void talk() {
    for (String name : List.of("io.elacsym.engine", "io.helidon.webserver", "third.party")) {
      System.getLogger(name).log(System.Logger.Level.INFO, name + " at info");
      System.getLogger(name).log(System.Logger.Level.DEBUG, name + " at debug");
    }
  }

  @Test
  void aLevelWithoutATargetIsElacsymsOwnAndLibrariesAreHeardWhenNamed() {
    for (String level : List.of("debug", "trace")) {
      assertThat(logged(level, LogFormat.TEXT, LoggingTest::talk))
          .contains("io.elacsym.engine at debug", "third.party at info")
          .doesNotContain("helidon", "third.party at debug");
    }
    assertThat(logged("debug,io.helidon=debug", LogFormat.TEXT, LoggingTest::talk))
        .contains("io.helidon.webserver at debug")
        .doesNotContain("third.party at debug");
    assertThat(logged("error", LogFormat.TEXT, LoggingTest::talk)).isEmpty();
  }

  @Test
  void aLineOfTextIsOneLineWhateverWasLogged() {
    String forged = "a\n2026-01-01T00:00:00Z ERROR x: forged\r\u001b[2J\u0085\u2028";
    String text =
        logged(
            "info",
            LogFormat.TEXT,
            () ->
                System.getLogger("third.party")
                    .log(System.Logger.Level.WARNING, forged, new IllegalStateException(forged)));
    assertThat(text.lines()).first().asString().contains("a\\n2026", "\\r\\u001b[2J\\u0085\\u2028");
    assertThat(text.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("    "));
    assertThat(text).doesNotContain("\u001b", "\r");
  }

  @Test
  void noLogHasAKeyToADoor() {
    String wire =
        """
        http-outgoing-0 >> "Authorization: AWS4-HMAC-SHA256 Credential=sekrit"
        x-amz-security-token: sekrit
        Proxy-Authorization=Basic sekrit
        Cookie: a=sekrit
        {X-Api-Key=[sekrit], Host=[h]}
        Host: kept\
        """;
    String addresses =
        "https://u:sekrit@h:9/b?X-Amz-Signature=sekrit&X-Amz-Credential=sekrit&list-type=2 h@kept";
    for (LogFormat format : LogFormat.values()) {
      String text =
          logged(
              "trace,org.apache=trace",
              format,
              () -> {
                System.getLogger("org.apache.http.wire").log(System.Logger.Level.TRACE, wire);
                System.getLogger("io.elacsym.x")
                    .log(
                        System.Logger.Level.ERROR,
                        addresses,
                        new IllegalStateException("http://sekrit@h"));
              });
      assertThat(text)
          .doesNotContain("sekrit")
          .contains("Authorization: (hidden)", "Host: kept", "://(hidden)@h:9/b", "list-type=2");
    }
  }
}
