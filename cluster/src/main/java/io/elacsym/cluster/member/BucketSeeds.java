package io.elacsym.cluster.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.api.ElacsymException;
import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.cluster.settings.Role;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What nodes tell of themselves in the storage. Each puts up one notice under a name of its own and
 * renews it now and then, so that it changes. A notice that has not been seen to change for long
 * enough, by the observer's own clock alone, is that of a node which has ended, and is taken down.
 * Whether a node answers, only the node itself can say.
 */
final class BucketSeeds implements Seeds {
  private static final Duration PERIOD = Duration.ofSeconds(15);

  /** Each renewal is a request that costs money. */
  private static final Duration RENEWAL = Duration.ofMinutes(2);

  private static final Duration FORGOTTEN = Duration.ofMinutes(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ClusterSettings settings;
  private final String notice;
  private final NoticeBoard board;
  private final InstantSource clock;
  private final Map<String, Seen> seen = new HashMap<>();
  private Optional<Instant> renewedAt = Optional.empty();
  private long renewals;
  private boolean left;

  /**
   * @param since when it was first seen as it is
   */
  private record Seen(String tag, Instant since, Optional<Seed> seed) {}

  BucketSeeds(ClusterSettings settings, String run, NoticeBoard board, InstantSource clock) {
    this.settings = settings;
    this.notice = settings.node().id() + "-" + run;
    this.board = board;
    this.clock = clock;
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  @Override
  public List<Seed> look() throws IOException {
    try {
      return lookNow();
    } catch (ElacsymException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private synchronized List<Seed> lookNow() throws IOException {
    Instant now = clock.instant();
    if (!left && renewedAt.filter(at -> now.isBefore(at.plus(RENEWAL))).isEmpty()) {
      board.put(notice, own());
      renewedAt = Optional.of(now);
    }
    Map<String, String> tags = board.list();
    seen.keySet().retainAll(tags.keySet());
    List<Seed> seeds = new ArrayList<>();
    for (Map.Entry<String, String> entry : tags.entrySet()) {
      String name = entry.getKey();
      if (name.equals(notice)) {
        continue;
      }
      Seen known = seen.get(name);
      if (known == null || !known.tag().equals(entry.getValue())) {
        known = new Seen(entry.getValue(), now, board.read(name).flatMap(BucketSeeds::seed));
        seen.put(name, known);
      }
      if (now.isAfter(known.since().plus(FORGOTTEN))) {
        board.remove(name);
        seen.remove(name);
      } else {
        known.seed().ifPresent(seeds::add);
      }
    }
    return seeds;
  }

  private byte[] own() throws IOException {
    return JSON.writeValueAsBytes(
        JSON.createObjectNode()
            .put("node_id", settings.node().id())
            .put("url", settings.address().of(settings.node().id()).toString())
            .put("role", settings.node().role().id())
            .put("renewals", ++renewals));
  }

  /** Empty for what is no notice of a node that this version knows. */
  private static Optional<Seed> seed(byte[] content) {
    try {
      JsonNode node = JSON.readTree(content);
      URI url = URI.create(node.path("url").asText());
      return Role.byId(node.path("role").asText())
          .filter(role -> url.getHost() != null)
          .map(role -> new Seed(node.path("node_id").asText(), url, role));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized void leave() {
    left = true;
    board.remove(notice);
  }
}
