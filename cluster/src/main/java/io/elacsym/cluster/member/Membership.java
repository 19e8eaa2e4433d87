package io.elacsym.cluster.member;

import io.elacsym.cluster.settings.ClusterSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Which other nodes there are, and which of them take requests, as far as this node knows: {@link
 * MemberWatch} keeps it up to date. All of it is a hint. Safe for use by many threads.
 */
public final class Membership {
  private final ClusterSettings.Self self;
  private final String run;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** By the place: what answers there may change its name. Under the lock. */
  private Map<Seed, Peer> known = new LinkedHashMap<>();

  private volatile boolean leaving;

  /**
   * Knows no others yet.
   *
   * @param run of this process: no other start of any node has it
   */
  public Membership(ClusterSettings.Self self, String run, InstantSource clock) {
    this.self = self;
    this.run = run;
    this.clock = clock;
  }

  /** This node. */
  public ClusterSettings.Self self() {
    return self;
  }

  /** This start of this process. */
  public String run() {
    return run;
  }

  /** This node is about to stop: whoever asks it is told so. */
  public void leave() {
    leaving = true;
  }

  /** Whether this node is about to stop. */
  public boolean isLeaving() {
    return leaving;
  }

  /** All other nodes, whatever their state. */
  public List<MemberView> others() {
    return locked(() ->
        known.values().stream()
            .map(Peer::view)
            .filter(view -> view.report().filter(report -> report.run().equals(run)).isEmpty())
            .toList());
  }

  /** The other nodes that take requests. */
  public List<Member> live() {
    return others().stream()
        .filter(view -> view.state().takesRequests())
        .map(MemberView::member)
        .toList();
  }

  /** Whether a node is believed not to answer. */
  public boolean isSuspect(Member member) {
    return others().stream()
        .anyMatch(
            view -> view.member().url().equals(member.url()) && view.state() == PeerState.SUSPECT);
  }

  /** A request could not be brought to a node. */
  public void unreachable(Member member, String why) {
    locked(() -> {
      known.values().stream()
          .filter(peer -> peer.seed().url().equals(member.url()))
          .forEach(peer -> peer.unreachable(why, clock.instant()));
      return member;
    });
  }

  /** These are the places where nodes may be. */
  void places(List<Seed> seeds) {
    locked(() -> {
      Map<Seed, Peer> next = new LinkedHashMap<>();
      for (Seed seed : seeds) {
        Peer before = known.get(seed);
        next.put(seed, before == null ? new Peer(seed, clock.instant()) : before);
      }
      known = next;
      return next;
    });
  }

  /** Those who are to be asked now; each counts as being asked. */
  List<Peer> due() {
    Instant now = clock.instant();
    return locked(() -> {
      List<Peer> due = new ArrayList<>();
      known.values().stream().filter(peer -> peer.beginAsking(now)).forEach(due::add);
      return due;
    });
  }

  /**
   * What a node was believed to be, and what it is now.
   *
   * @param after its state and all else
   */
  record Change(PeerState before, MemberView after) {}

  /** Changes what is known of a node. */
  Change change(Peer peer, Function<Instant, Runnable> how) {
    return locked(() -> {
      PeerState before = peer.state();
      how.apply(clock.instant()).run();
      return new Change(before, peer.view());
    });
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
