package io.elacsym.cluster;

import io.elacsym.api.ElacsymException;
import io.elacsym.cluster.member.MemberWatch;
import io.elacsym.cluster.member.Membership;
import io.elacsym.cluster.member.NodeReport;
import io.elacsym.cluster.member.NoticeBoard;
import io.elacsym.cluster.member.Peers;
import io.elacsym.cluster.route.QueryNodes;
import io.elacsym.cluster.route.Router;
import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.engine.Engine;
import io.elacsym.engine.Notices;
import io.elacsym.engine.model.NamespaceUse;
import io.elacsym.engine.settings.Seams;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * This process as a node of a cluster. First it is made, because the engine asks its {@link
 * #router} whether it may write; then the engine is opened with {@link #seams}; then the node
 * {@link #join joins}. Safe for use by many threads.
 */
public final class ClusterNode implements AutoCloseable {
  /** Others ask once a second: after so long they all know that this node leaves. */
  private static final Duration NOTICE = Duration.ofMillis(1_500);

  private final ClusterSettings settings;
  private final Seams seams;
  private final Membership membership;
  private final Router router;
  private final QueryNodes queryNodes;
  private final Instant startedAt;
  private volatile Optional<Joined> joined = Optional.empty();

  private record Joined(Engine engine, String storage, MemberWatch watch, HandOver handOver) {}

  /**
   * A node that knows no others yet.
   *
   * @param world where it lives; its own place in the succession is added
   */
  public ClusterNode(ClusterSettings settings, Seams world) {
    this.settings = settings;
    this.membership = new Membership(settings.node(), world.ids().get(), world.clock());
    this.router = new Router(settings, membership, world.clock());
    this.queryNodes = new QueryNodes(settings, membership);
    this.seams = world.with(router).with(queryNodes);
    this.startedAt = world.clock().instant();
  }

  /** What the engine of this node is opened with. */
  public Seams seams() {
    return seams;
  }

  /** Where requests go. */
  public Router router() {
    return router;
  }

  /** Who searches the segments of large namespaces. */
  public QueryNodes queryNodes() {
    return queryNodes;
  }

  /** Which others there are. */
  public Membership membership() {
    return membership;
  }

  public ClusterSettings settings() {
    return settings;
  }

  /**
   * Begins to look for the others, and to give them what they should write.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} when the storage cannot be shared; as the
   *     storage does when it does not answer
   */
  public void join(Engine engine, Peers peers) {
    if (!engine.storageIsShared()) {
      throw ElacsymException.invalid(
          "distributed.enabled is true, but only this process can use the storage that"
              + " storage.backend names, expected a bucket (s3 or minio)");
    }
    Notices notices = engine.notices();
    String storage = notices.identity(membership.run());
    MemberWatch watch =
        new MemberWatch(settings, membership, storage, peers, new Board(notices), seams);
    HandOver handOver = new HandOver(engine, router, seams);
    joined = Optional.of(new Joined(engine, storage, watch, handOver));
    watch.start();
    queryNodes.reach(peers);
    handOver.start();
  }

  private record Board(Notices notices) implements NoticeBoard {
    @Override
    public void put(String name, byte[] content) {
      notices.put(name, content);
    }

    @Override
    public Map<String, String> list() {
      return notices.list();
    }

    @Override
    public Optional<byte[]> read(String name) {
      return notices.read(name);
    }

    @Override
    public void remove(String name) {
      notices.remove(name);
    }
  }

  /**
   * What this node says when it is asked how it is.
   *
   * @param version of the program
   * @param inFlight how many requests it works at
   */
  public NodeReport report(String version, int inFlight) {
    return new NodeReport(
        settings.node().id(),
        membership.run(),
        settings.node().role(),
        version,
        startedAt,
        seams.clock().instant(),
        membership.isLeaving(),
        inFlight,
        joined.map(known -> writing(known.engine())).orElse(0),
        joined.map(Joined::storage).orElse(""));
  }

  private static int writing(Engine engine) {
    return (int) engine.uses().stream().filter(NamespaceUse::writing).count();
  }

  /**
   * Leaves in good order: tells the others, and gives them what this node writes. Requests that
   * come meanwhile are still served, or sent on.
   *
   * @param atMost how long it may take
   */
  public void leave(Duration atMost) {
    membership.leave();
    Joined known = joined.orElse(null);
    if (known == null) {
      return;
    }
    try {
      Instant told = seams.clock().instant().plus(NOTICE);
      known.handOver().giveAll(atMost);
      Duration rest = Duration.between(seams.clock().instant(), told);
      if (!rest.isNegative() && !membership.live().isEmpty()) {
        seams.tasks().sleep(rest);
      }
    } catch (InterruptedException e) {
      // Whoever stops the process is in a hurry; the WAL has everything.
      Thread.currentThread().interrupt();
    }
  }

  /** Asks nobody any more. */
  @Override
  public void close() {
    joined.ifPresent(known -> {
      known.watch().stop();
      known.handOver().stop();
    });
  }
}
