package io.elacsym.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.cluster.settings.Role;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.settings.TaskRunner;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mistakes of whoever configures nodes are said in the log, once, with the cure. */
class MemberWatchTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Logger LOGGER = Logger.getLogger(MemberWatch.class.getName());

  private final List<String> said = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          said.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
    LOGGER.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  /** Lets a node ask another one, twice, which answers like this. */
  private void meet(String id, String run, Instant clock, String storage) {
    ClusterSettings settings =
        ClusterSettings.of(
                Map.of("enabled", "true", "node_id", "a", "indexer_cluster.nodes", "a,b"))
            .orElseThrow();
    Peers peers =
        new Peers() {
          @Override
          public NodeReport ask(URI url) {
            return new NodeReport(id, run, Role.BOTH, "1", NOW, clock, false, 0, 0, storage);
          }

          @Override
          public List<String> resolve(String host) {
            return List.of(host);
          }

          @Override
          public byte[] search(URI url, String namespace, byte[] question, Duration atMost)
              throws IOException {
            throw new IOException("not asked");
          }
        };
    Seams real = Seams.real();
    int[] ticks = {0};
    Instant[] now = {NOW};
    TaskRunner tasks =
        new TaskRunner() {
          @Override
          public void start(String name, Runnable task) {
            task.run();
          }

          @Override
          public void sleep(Duration time) throws InterruptedException {
            now[0] = now[0].plusMillis(1);
            if (++ticks[0] == 3) {
              throw new InterruptedException("enough");
            }
          }
        };
    Seams seams = new Seams(() -> now[0], real.ids(), 1, tasks);
    Membership membership = new Membership(settings.node(), "own run", seams.clock());
    new MemberWatch(settings, membership, "storage", peers, new NoBoard(), seams).start();
    Thread.interrupted(); // the loop ends by an interrupt, which is not meant for the test
  }

  @Test
  void whereAllFitsNothingIsSaid() {
    meet("b", "other run", NOW, "storage");
    assertThat(said).isEmpty();
  }

  @Test
  void twoNodesOfOneName() {
    meet("a", "other run", NOW, "storage");
    assertThat(said)
        .anySatisfy(line ->
            assertThat(line).startsWith("SEVERE").contains("give each node a name of its own"));
  }

  @Test
  void aNodeThatMeetsItselfIsNoSecondOne() {
    meet("a", "own run", NOW, "storage");
    assertThat(said).isEmpty();
  }

  @Test
  void anotherStorage() {
    meet("b", "other run", NOW, "another");
    assertThat(said)
        .singleElement()
        .satisfies(line -> assertThat(line).contains("give all nodes the same [storage] table"));
  }

  @Test
  void aClockThatIsWrong() {
    meet("b", "other run", NOW.plus(Duration.ofMinutes(5)), "storage");
    assertThat(said)
        .singleElement()
        .satisfies(line -> assertThat(line).contains("the clock of node b", "NTP"));
  }

  @Test
  void aListThatCallsANodeByAnotherName() {
    meet("c", "other run", NOW, "storage");
    assertThat(said)
        .singleElement()
        .satisfies(line -> assertThat(line).contains("'b'", "'c'", "make them agree"));
  }
}
