package io.elacsym.cluster.member;

import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.cluster.settings.Discovery;
import io.elacsym.engine.settings.Seams;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a {@link Membership} up to date: looks for nodes where the configuration says, asks each of
 * them once a second how it is, and says in the log what does not fit together.
 */
public final class MemberWatch {
  private static final System.Logger LOG = System.getLogger(MemberWatch.class.getName());
  private static final Duration TICK = Duration.ofMillis(250);

  /** Far less than what would let the reaper delete too early. */
  private static final Duration MOST_SKEW = Duration.ofMinutes(1);

  private final ClusterSettings settings;
  private final Membership membership;
  private final String storage;
  private final Peers peers;
  private final Seams seams;
  private final Seeds seeds;

  /** What was said in the log already, so that it is said once. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Instant lookAt = Instant.MIN;
  private volatile boolean stopped;

  /**
   * @param storage the name of the storage that this process works on
   * @param board where nodes tell of themselves, used with discovery by bucket only
   */
  public MemberWatch(
      ClusterSettings settings,
      Membership membership,
      String storage,
      Peers peers,
      NoticeBoard board,
      Seams seams) {
    this.settings = settings;
    this.membership = membership;
    this.storage = storage;
    this.peers = peers;
    this.seams = seams;
    this.seeds =
        switch (settings.discovery()) {
          case STATIC -> new ListedSeeds(settings);
          case DNS -> new DnsSeeds(settings, peers);
          case BUCKET -> new BucketSeeds(settings, membership.run(), board, seams.clock());
        };
  }

  /** Looks for the others for the first time, and from then on in the background. */
  public void start() {
    look();
    seams.tasks().start("elacsym-members", this::tickUntilStopped);
  }

  private void tickUntilStopped() {
    try {
      while (!stopped) {
        tick();
        seams.tasks().sleep(TICK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    if (!seams.clock().instant().isBefore(lookAt) && looking.compareAndSet(false, true)) {
      seams.tasks().start("elacsym-look-for-members", this::look);
    }
    membership.due().forEach(peer -> seams.tasks().start("elacsym-ask-member", () -> ask(peer)));
  }

  private void look() {
    try {
      membership.places(seeds.look());
      told.remove("look");
    } catch (IOException e) {
      tell("look", Level.WARNING, "other nodes cannot be looked for now: " + e.getMessage());
    } finally {
      lookAt = seams.clock().instant().plus(seeds.period());
      looking.set(false);
    }
  }

  private void ask(Peer peer) {
    try {
      NodeReport report = peers.ask(peer.seed().url());
      Membership.Change change = membership.change(peer, now -> () -> peer.answered(report, now));
      if (change.before() == PeerState.SUSPECT) {
        LOG.log(Level.INFO, "node {0} answers again", report.id());
      }
      compare(report, peer.seed());
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      Membership.Change change = membership.change(peer, now -> () -> peer.silent(why, now));
      if (change.before() != PeerState.SUSPECT && change.after().state() == PeerState.SUSPECT) {
        LOG.log(
            Level.WARNING,
            "node {0} at {1} does not answer ({2}); requests go to others until it does",
            change.after().member().id(),
            change.after().member().url(),
            why);
      }
    }
  }

  /** Looks for mistakes of whoever has configured the nodes. */
  private void compare(NodeReport report, Seed seed) {
    if (report.run().equals(membership.run())) {
      return;
    }
    String node = "node " + report.id() + " at " + seed.url();
    if (report.id().equals(settings.node().id())) {
      tell(
          "id " + report.run(),
          Level.ERROR,
          node
              + " has the distributed.node_id of this node; give each node a name of its own, or"
              + " they take namespaces from each other");
    }
    // One that has not joined yet does not know its storage.
    if (!report.storage().isEmpty() && !report.storage().equals(storage)) {
      tell(
          "storage " + report.run(),
          Level.ERROR,
          node
              + " works on another storage than this one, so requests that are sent to it meet"
              + " other data; give all nodes the same [storage] table");
    }
    Duration skew = Duration.between(report.now(), seams.clock().instant()).abs();
    if (skew.compareTo(MOST_SKEW) > 0) {
      tell(
          "clock " + report.run(),
          Level.WARNING,
          "the clock of "
              + node
              + " is "
              + skew.toSeconds()
              + " s off that of this node; let both machines keep time (NTP), because objects that"
              + " are not needed any more are deleted by the clock");
    }
    if (settings.discovery() == Discovery.STATIC && !report.id().equals(seed.name())) {
      tell(
          "name " + report.run(),
          Level.WARNING,
          "the list of this node calls the node at "
              + seed.url()
              + " '"
              + seed.name()
              + "', and its distributed.node_id is '"
              + report.id()
              + "'; make them agree");
    }
  }

  private void tell(String what, Level level, String message) {
    if (told.add(what)) {
      LOG.log(level, message);
    }
  }

  /** Asks nobody any more, and takes down what this node has told of itself. */
  public void stop() {
    stopped = true;
    try {
      seeds.leave();
    } catch (RuntimeException e) {
      LOG.log(Level.INFO, "the notice of this node stays until others take it down: {0}", e);
    }
  }
}
