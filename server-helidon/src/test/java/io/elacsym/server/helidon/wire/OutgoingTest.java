package io.elacsym.server.helidon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OutgoingTest {
  private static final byte[] BYTES = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);

  /** Less than the clock shows that it reads, which began with the machine. */
  private static final Duration LONG = Duration.ofSeconds(30);

  /** A client that takes everything at once. */
  private static final class Quick extends Socket {
    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }
  }

  @Test
  void whoTakesEverythingAtOnceIsNeverSeenAsSlow() throws Exception {
    Patience patience = new Patience(LONG, LONG, LONG, LONG, LONG, LONG);
    Outgoing out = new Outgoing(new Quick(), patience);
    AtomicBoolean done = new AtomicBoolean();
    AtomicBoolean stalled = new AtomicBoolean();
    Thread watch =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                if (out.stalled()) {
                  stalled.set(true);
                }
              }
            });
    for (int i = 0; i < 1_000_000; i++) {
      out.begin(false);
      out.writeInterim(BYTES);
      out.write(BYTES);
    }
    done.set(true);
    watch.join();
    assertThat(stalled).isFalse();
  }

  @Test
  void anAnswerHasBegunWithItsFirstByteAndNotWithAnInterimOne() throws IOException {
    Outgoing out = new Outgoing(new Quick(), new Patience(LONG, LONG, LONG, LONG, LONG, LONG));
    out.begin(false);
    out.writeInterim(BYTES);
    assertThat(out.begun()).isFalse();
    out.write(BYTES);
    assertThat(out.begun()).isTrue();
    out.begin(false);
    assertThat(out.begun()).isFalse();
  }
}
