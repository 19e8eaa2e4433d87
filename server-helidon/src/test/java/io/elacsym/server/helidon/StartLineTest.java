package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever makes the server reachable from elsewhere is told that anybody may do anything. */
class StartLineTest {
  /** Keeps what is logged. */
  private static final class Kept extends Handler {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getLevel() + " " + line.getMessage());
    }

    @Override
    public void flush() {
      // Nothing waits.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0, true", "127.0.0.1, false", "localhost, false"})
  void thereIsNoAuthenticationAndWhoCanBeReachedFromElsewhereSaysSo(String host, boolean said) {
    Logger logger = Logger.getLogger("io.elacsym.server");
    Level before = logger.getLevel();
    Kept kept = new Kept();
    logger.addHandler(kept);
    logger.setLevel(Level.INFO);
    try (TestServer server = TestServer.start();
        HttpServer other =
            HttpServer.start(
                server.engine,
                ServerSettings.of(Map.of("server.host", host, "server.port", "0")),
                Metric.COSINE)) {
      List<String> warnings =
          kept.lines.stream().filter(line -> line.contains("no authentication")).toList();
      assertThat(warnings).hasSize(said ? 1 : 0);
      assertThat(warnings)
          .allMatch(line ->
              line.startsWith(
                  "INFO there is no authentication: whoever reaches " + host + ":" + other.port()));
    } finally {
      logger.removeHandler(kept);
      logger.setLevel(before);
    }
  }
}
