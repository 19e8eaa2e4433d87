package io.elacsym.cluster;

import io.elacsym.api.ElacsymException;
import io.elacsym.cluster.member.Member;
import io.elacsym.cluster.route.Router;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.NamespaceUse;
import io.elacsym.engine.settings.Seams;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives namespaces to the node that should write them: a few at a time when nodes have come, and
 * all when this one leaves. Each is flushed first, while it is still written here, so that the
 * other node has little to read.
 */
final class HandOver {
  private static final System.Logger LOG = System.getLogger(HandOver.class.getName());
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** How long another node must have been the right one: nodes that come and go move nothing. */
  private static final Duration SETTLING = Duration.ofSeconds(20);

  /** What one second moves at most, so that a node that comes is not flooded. */
  private static final int MOST_AT_ONCE = 4;

  private final Engine engine;
  private final Router router;
  private final Seams seams;

  /** Who should write what this node writes, and since when. For the thread of the ticks alone. */
  private final Map<String, Claim> claims = new HashMap<>();

  private volatile boolean stopped;

  private record Claim(Member by, Instant since) {}

  HandOver(Engine engine, Router router, Seams seams) {
    this.engine = engine;
    this.router = router;
    this.seams = seams;
  }

  void start() {
    seams.tasks().start("elacsym-hand-over", this::tickUntilStopped);
  }

  private void tickUntilStopped() {
    try {
      while (!stopped) {
        seams.tasks().sleep(TICK);
        due().forEach(this::giveInBackground);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> writing() {
    return engine.uses().stream().filter(NamespaceUse::writing).map(NamespaceUse::name).toList();
  }

  private record Gift(String namespace, Member to) {}

  private List<Gift> due() {
    Instant now = seams.clock().instant();
    Map<String, Claim> next = new HashMap<>();
    router
        .rightful(writing())
        .forEach((namespace, rightful) -> {
          Claim before = claims.get(namespace);
          next.put(
              namespace,
              before != null && before.by().equals(rightful) ? before : new Claim(rightful, now));
        });
    claims.clear();
    claims.putAll(next);
    List<Gift> due =
        claims.entrySet().stream()
            .filter(claim -> !now.isBefore(claim.getValue().since().plus(SETTLING)))
            .map(claim -> new Gift(claim.getKey(), claim.getValue().by()))
            .sorted((a, b) -> a.namespace().compareTo(b.namespace()))
            .limit(MOST_AT_ONCE)
            .toList();
    // Whatever becomes of it, it is tried again only after another while.
    due.forEach(gift -> claims.remove(gift.namespace()));
    return due;
  }

  private void giveInBackground(Gift gift) {
    seams.tasks().start("elacsym-give-" + gift.namespace(), () -> give(gift));
  }

  private void give(Gift gift) {
    try {
      engine.namespace(gift.namespace()).flush();
    } catch (ElacsymException e) {
      // The other node reads from the WAL what is not flushed.
      LOG.log(
          Level.WARNING,
          "namespace {0}: handed over to {1} without the flush, which failed: {2}",
          gift.namespace(),
          gift.to().id(),
          e.forOperators());
    }
    router.give(gift.namespace(), gift.to());
    try {
      engine.resign(gift.namespace());
    } catch (ElacsymException e) {
      // It has ceased to write all the same; only the manifest does not say so.
      LOG.log(
          Level.WARNING,
          "namespace {0}: the manifest does not say that it is handed over: {1}",
          gift.namespace(),
          e.forOperators());
    }
    LOG.log(Level.INFO, "namespace {0}: handed over to {1}", gift.namespace(), gift.to().id());
  }

  /**
   * Gives everything away that another node can take.
   *
   * @param atMost how long to wait for that; it goes on behind it
   */
  void giveAll(Duration atMost) throws InterruptedException {
    stopped = true;
    List<Gift> gifts = new ArrayList<>();
    router.rightful(writing()).forEach((namespace, to) -> gifts.add(new Gift(namespace, to)));
    AtomicInteger left = new AtomicInteger(gifts.size());
    for (Gift gift : gifts) {
      seams
          .tasks()
          .start(
              "elacsym-give-" + gift.namespace(),
              () -> {
                try {
                  give(gift);
                } finally {
                  left.decrementAndGet();
                }
              });
    }
    Instant end = seams.clock().instant().plus(atMost);
    while (left.get() > 0 && seams.clock().instant().isBefore(end)) {
      seams.tasks().sleep(LOOK);
    }
    if (left.get() > 0) {
      LOG.log(
          Level.WARNING,
          "{0} namespaces are not handed over after {1} s",
          left.get(),
          atMost.toSeconds());
    }
  }

  void stop() {
    stopped = true;
  }
}
