package io.elacsym.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.cluster.settings.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeedsTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private static ClusterSettings settings(String id, Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.put("enabled", "true");
    values.put("node_id", id);
    return ClusterSettings.of(values).orElseThrow();
  }

  /** A board in memory, whose tags change with the content. */
  private static final class Board implements NoticeBoard {
    private final Map<String, byte[]> notices = new TreeMap<>();
    private int reads;

    @Override
    public void put(String name, byte[] content) {
      notices.put(name, content);
    }

    @Override
    public Map<String, String> list() {
      Map<String, String> tags = new TreeMap<>();
      notices.forEach(
          (name, content) -> tags.put(name, new String(content, StandardCharsets.UTF_8)));
      return tags;
    }

    @Override
    public Optional<byte[]> read(String name) {
      reads++;
      return Optional.ofNullable(notices.get(name));
    }

    @Override
    public void remove(String name) {
      notices.remove(name);
    }
  }

  private BucketSeeds bucket(String id, Board board) {
    return new BucketSeeds(
        settings(id, Map.of("discovery", "bucket", "address", "http://" + id + ":3000")),
        "run",
        board,
        () -> now);
  }

  private static final class NoPeers implements Peers {
    private final Map<String, List<String>> hosts = new HashMap<>();

    @Override
    public NodeReport ask(URI url) throws IOException {
      throw new IOException("nobody is there");
    }

    @Override
    public List<String> resolve(String host) throws IOException {
      List<String> addresses = hosts.get(host);
      if (addresses == null) {
        throw new IOException("unknown host " + host);
      }
      return addresses;
    }

    @Override
    public byte[] search(URI url, String namespace, byte[] question, Duration atMost)
        throws IOException {
      throw new IOException("nobody is there");
    }
  }

  @Test
  void listsNameOthersAndOneInBothDoesBoth() {
    ListedSeeds seeds =
        new ListedSeeds(
            settings(
                "a",
                Map.of("indexer_cluster.nodes", "a,b,c=http://x:1", "query_cluster.nodes", "b,d")));
    assertThat(seeds.look())
        .containsExactly(
            new Seed("b", URI.create("http://b:3000"), Role.BOTH),
            new Seed("c", URI.create("http://x:1"), Role.INDEXER),
            new Seed("d", URI.create("http://d:3000"), Role.QUERY));
  }

  @Test
  void eachAddressOfAHostIsANode() throws IOException {
    NoPeers peers = new NoPeers();
    peers.hosts.put("writers", List.of("10.0.0.1", "10.0.0.2"));
    peers.hosts.put("readers", List.of("fd00::7"));
    DnsSeeds seeds =
        new DnsSeeds(
            settings(
                "a",
                Map.of(
                    "discovery", "dns",
                    "indexer_cluster.nodes", "writers",
                    "query_cluster.nodes", "readers")),
            peers);
    assertThat(seeds.look())
        .extracting(Seed::url)
        .containsExactly(
            URI.create("http://10.0.0.1:3000"),
            URI.create("http://10.0.0.2:3000"),
            URI.create("http://[fd00::7]:3000"));
  }

  @Test
  void nodesTellOfThemselvesInTheBucket() throws IOException {
    Board board = new Board();
    BucketSeeds first = bucket("a", board);
    BucketSeeds second = bucket("b", board);
    assertThat(first.look()).isEmpty();
    assertThat(second.look())
        .containsExactly(new Seed("a", URI.create("http://a:3000"), Role.BOTH));
    assertThat(first.look()).extracting(Seed::name).containsExactly("b");
    int reads = board.reads;
    first.look();
    assertThat(board.reads).as("what has not changed is not read again").isEqualTo(reads);
    second.leave();
    assertThat(first.look()).isEmpty();
  }

  @Test
  void whatDoesNotChangeForLongIsTakenDown() throws IOException {
    Board board = new Board();
    BucketSeeds dead = bucket("dead", board);
    BucketSeeds alive = bucket("alive", board);
    BucketSeeds observer = bucket("observer", board);
    dead.look();
    for (int minute = 0; minute < 10; minute++) {
      alive.look();
      assertThat(observer.look()).hasSize(2);
      now = now.plus(Duration.ofMinutes(1));
    }
    now = now.plus(Duration.ofSeconds(30));
    alive.look();
    assertThat(observer.look()).extracting(Seed::name).containsExactly("alive");
    assertThat(board.notices).hasSize(2);
  }

  @Test
  void whatIsNoNoticeIsNoNode() throws IOException {
    Board board = new Board();
    board.put("strange", "{]".getBytes(StandardCharsets.UTF_8));
    board.put(
        "other",
        "{\"node_id\":\"x\",\"url\":\"http://x\",\"role\":\"boss\"}"
            .getBytes(StandardCharsets.UTF_8));
    assertThat(bucket("a", board).look()).isEmpty();
  }
}
