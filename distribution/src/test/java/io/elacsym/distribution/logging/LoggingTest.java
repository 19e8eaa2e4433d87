package io.elacsym.distribution.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
}
