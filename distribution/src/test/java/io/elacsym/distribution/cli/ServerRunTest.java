package io.elacsym.distribution.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.distribution.logging.LogFormat;
import io.elacsym.distribution.logging.LogLevels;
import io.elacsym.distribution.logging.Logging;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ServerRunTest {
  @Test
  void aServerThatHasDiedIsClosedAndItsProcessEndsWithOneForASupervisor() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Logging log =
        Logging.start(LogLevels.parse("info").levels(), LogFormat.JSON, new PrintStream(out));
    AtomicBoolean closed = new AtomicBoolean();
    int code = ServerRun.untilDeath("no handle is left", () -> closed.set(true), log);
    assertThat(code).isEqualTo(1);
    assertThat(closed).isTrue();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"ERROR\"")
        .contains("ending, so that a supervisor starts it anew: no handle is left");
  }

  /** The storage may hang, and with it whoever holds a lock of what is to be closed. */
  @Test
  void whatDoesNotCloseDoesNotKeepTheProcess() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    RunningServer.closeWithin(
        Duration.ofMillis(50),
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            interrupted.set(true);
          }
        });
    assertThat(never.getCount()).isEqualTo(1);
    assertThat(interrupted).isFalse();
    never.countDown();
  }
}
