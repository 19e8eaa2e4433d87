package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.tck.memory.MemoryStorageProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** A process that has no handle left for a connection, again and again. */
class OutOfHandlesTest {
  private static final int TROUBLES = 5;

  /** Each connection is accepted at the second try: closing one frees the handle of another. */
  private static final class Scarce extends ServerSocket {
    private final AtomicInteger tries = new AtomicInteger();

    Scarce() throws IOException {}

    @Override
    public Socket accept() throws IOException {
      int now = tries.getAndIncrement();
      if (now % 2 == 0 && now < 2 * TROUBLES) {
        throw new SocketException("Too many open files");
      }
      return super.accept();
    }
  }

  private static ServerSocket scarce() {
    try {
      return new Scarce();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void oneTroubleIsOneLineOfTheLogThoughSomeConnectionsAreAccepted() {
    List<String> warnings = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            if (record.getMessage().contains("cannot be accepted")) {
              warnings.add(record.getMessage());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.elacsym.server");
    logger.addHandler(handler);
    try (TestServer server =
        TestServer.start(Map.of(), new MemoryStorageProvider(), OutOfHandlesTest::scarce)) {
      for (int i = 0; i < TROUBLES; i++) {
        try (Socket own = server.socket()) {
          assertThat(own.isConnected()).isTrue();
        }
      }
      server.awaitMetric(
          "elacsym_http_connection_faults_total{fault=\"accept\"} " + TROUBLES + ".0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(warnings).hasSize(1);
  }
}
