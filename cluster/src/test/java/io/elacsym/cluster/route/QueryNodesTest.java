package io.elacsym.cluster.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.cluster.member.MemberWatch;
import io.elacsym.cluster.member.Membership;
import io.elacsym.cluster.member.NoBoard;
import io.elacsym.cluster.member.NodeReport;
import io.elacsym.cluster.member.Peers;
import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.engine.settings.Leaves.Leaf;
import io.elacsym.engine.settings.Leaves.Outcome;
import io.elacsym.engine.settings.Leaves.Share;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.settings.TaskRunner;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which nodes a query node asks about the segments of a large namespace. */
class QueryNodesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Share> SEGMENTS =
      IntStream.range(0, 60).mapToObj(number -> new Share("segment " + number, 1_000)).toList();

  private final List<String> asked = new ArrayList<>();
  private boolean down;

  private final Peers peers =
      new Peers() {
        @Override
        public NodeReport ask(URI url) {
          throw new AssertionError("nobody asks how they are");
        }

        @Override
        public byte[] search(URI url, String namespace, byte[] question, Duration atMost)
            throws IOException {
          asked.add(url + " " + namespace + " " + new String(question, StandardCharsets.UTF_8));
          if (down) {
            throw new ConnectException("refused");
          }
          return new byte[] {7};
        }

        @Override
        public List<String> resolve(String host) {
          return List.of(host);
        }
      };

  /** Starts nothing: what the lists say has to do. */
  private static final TaskRunner IDLE =
      new TaskRunner() {
        @Override
        public void start(String name, Runnable task) {
          // Nobody is asked how he is.
        }

        @Override
        public void sleep(Duration time) {
          throw new AssertionError("not used");
        }
      };

  private QueryNodes node(String id, String role, String queryNodes) {
    Map<String, String> values = new HashMap<>();
    values.put("enabled", "true");
    values.put("node_id", id);
    values.put("role", role);
    values.put("indexer_cluster.nodes", "indexer-0");
    values.put("query_cluster.nodes", queryNodes);
    values.put("split_bytes", "50KB");
    ClusterSettings settings = ClusterSettings.of(values).orElseThrow();
    Membership membership = new Membership(settings.node(), "own run", () -> NOW);
    Seams seams = new Seams(() -> NOW, Seams.real().ids(), 1, IDLE);
    new MemberWatch(settings, membership, "s", peers, new NoBoard(), seams).start();
    return new QueryNodes(settings, membership);
  }

  private static List<String> names(Map<String, Leaf> leaves) {
    return List.copyOf(new TreeSet<>(leaves.values().stream().map(Leaf::name).toList()));
  }

  @Test
  void aNodeThatHasNotJoinedAsksNobody() {
    assertThat(node("query-0", "query", "query-0,query-1").of("ns", SEGMENTS)).isEmpty();
  }

  @Test
  void theOtherQueryNodesAreAskedAboutTheirSharesAndTheRestIsSearchedHere() {
    QueryNodes nodes = node("query-0", "query", "query-0,query-1,query-2");
    nodes.reach(peers);
    Map<String, Leaf> leaves = nodes.of("ns", SEGMENTS);
    assertThat(names(leaves)).containsExactly("query-1", "query-2");
    assertThat(leaves.size()).isBetween(25, 55);
    assertThat(nodes.of("ns", SEGMENTS.subList(0, 50))).as("not more than 50KB").isEmpty();
  }

  @Test
  void anIndexerIsNoLeafAndSearchesNothingItselfWhereThereAreQueryNodes() {
    QueryNodes nodes = node("indexer-0", "indexer", "query-0,query-1");
    nodes.reach(peers);
    Map<String, Leaf> leaves = nodes.of("ns", SEGMENTS);
    assertThat(names(leaves)).containsExactly("query-0", "query-1");
    assertThat(leaves).hasSize(SEGMENTS.size());
  }

  @Test
  void aQuestionGoesToTheAddressOfTheNodeAndItsOutcomeIsCounted() throws Exception {
    QueryNodes nodes = node("query-0", "query", "query-0,query-1");
    nodes.reach(peers);
    Leaf leaf = nodes.of("ns", SEGMENTS).values().iterator().next();
    byte[] answer = leaf.ask("who?".getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(1));
    assertThat(answer).containsExactly(7);
    assertThat(asked).containsExactly("http://query-1:3000 ns who?");
    leaf.became(Outcome.SLOW);
    assertThat(nodes.count(Outcome.SLOW)).isEqualTo(1);
    assertThat(nodes.count(Outcome.ANSWERED)).isZero();
  }

  @Test
  void aNodeThatCannotBeReachedIsNotAskedAgain() {
    QueryNodes nodes = node("query-0", "query", "query-0,query-1,query-2");
    nodes.reach(peers);
    down = true;
    Leaf leaf =
        nodes.of("ns", SEGMENTS).values().stream()
            .filter(other -> other.name().equals("query-1"))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> leaf.ask(new byte[0], Duration.ofSeconds(1)))
        .isInstanceOf(ConnectException.class);
    assertThat(names(nodes.of("ns", SEGMENTS))).containsExactly("query-2");
  }
}
