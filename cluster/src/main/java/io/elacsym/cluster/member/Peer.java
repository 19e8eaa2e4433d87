package io.elacsym.cluster.member;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of another node: a state machine that moves with its answers and its silence. For
 * one thread at a time.
 */
final class Peer {
  /** How often a node that answers is asked. */
  static final Duration PERIOD = Duration.ofSeconds(1);

  /** After one failure it is asked again soon: only the second makes it a suspect. */
  private static final Duration SOON = Duration.ofMillis(300);

  /** A suspect is asked ever more rarely, up to this. */
  private static final Duration RARELY = Duration.ofSeconds(5);

  private static final int FAILURES_OF_SUSPECT = 2;
  private static final int MOST_DOUBLINGS = 5;

  private final Seed seed;
  private Optional<NodeReport> report = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private int failures;
  private Instant changedAt;
  private Instant askAt;
  private boolean asking;

  Peer(Seed seed, Instant now) {
    this.seed = seed;
    this.changedAt = now;
    this.askAt = now;
  }

  Seed seed() {
    return seed;
  }

  /** Whether it is to be asked now; then it counts as being asked. */
  boolean beginAsking(Instant now) {
    if (asking || now.isBefore(askAt)) {
      return false;
    }
    asking = true;
    return true;
  }

  /** It has answered. */
  void answered(NodeReport answer, Instant now) {
    PeerState before = state();
    asking = false;
    report = Optional.of(answer);
    failure = Optional.empty();
    failures = 0;
    askAt = now.plus(PERIOD);
    changed(before, now);
  }

  /** It has not answered in time, or not as a node does. */
  void silent(String why, Instant now) {
    asking = false;
    fail(why, failures + 1, now);
  }

  /** A request could not be brought to it: that says as much as several questions. */
  void unreachable(String why, Instant now) {
    fail(why, Math.max(failures + 1, FAILURES_OF_SUSPECT), now);
  }

  private void fail(String why, int count, Instant now) {
    PeerState before = state();
    failures = count;
    failure = Optional.of(why);
    Duration pause = SOON.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    askAt = now.plus(pause.compareTo(RARELY) < 0 ? pause : RARELY);
    changed(before, now);
  }

  private void changed(PeerState before, Instant now) {
    if (before != state()) {
      changedAt = now;
    }
  }

  /** The node, by what it says itself, or else by what was expected. */
  Member member() {
    return new Member(
        report.map(NodeReport::id).orElse(seed.name()),
        seed.url(),
        report.map(NodeReport::role).orElse(seed.role()));
  }

  PeerState state() {
    if (failures >= FAILURES_OF_SUSPECT) {
      return PeerState.SUSPECT;
    }
    if (report.isEmpty()) {
      return PeerState.UNSEEN;
    }
    return report.get().leaving() ? PeerState.LEAVING : PeerState.LIVE;
  }

  Optional<NodeReport> report() {
    return report;
  }

  MemberView view() {
    return new MemberView(member(), state(), report, failure, changedAt);
  }
}
