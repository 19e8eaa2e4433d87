package io.elacsym.engine.namespace;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.life.LostManifest;
import io.elacsym.engine.life.Purge;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.task.Damage;
import io.elacsym.engine.writer.EndMarkers;
import io.elacsym.engine.writer.EndMarkers.Marker;
import io.elacsym.engine.writer.NamespaceContext;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Clears up after namespaces that have ended. Once a grace, what is marked is purged. And now and
 * then every folder is looked at, one after the other and slowly, for what came too late for its
 * marker. Every process does both; what one begins another can go on with.
 */
public final class PurgeRounds {
  private static final System.Logger LOG = System.getLogger(PurgeRounds.class.getName());

  /** Between two looks at all folders, in graces. */
  private static final int LOOK_GRACES = 36;

  /** Between one folder and the next. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final NamespaceContext root;
  private final Function<String, NamespaceContext> contexts;
  private final BooleanSupplier stopping;
  private final AtomicBoolean purging = new AtomicBoolean();
  private final AtomicBoolean looking = new AtomicBoolean();

  /** Since when there has been nothing under a name whenever it was looked at. */
  private final Map<String, Instant> emptySince = new ConcurrentHashMap<>();

  /** Since when there has been something under a name, without a manifest. */
  private final Map<String, Instant> straysSince = new ConcurrentHashMap<>();

  private Instant purgeDue;
  private Instant lookDue;

  public PurgeRounds(EngineContext engine) {
    this.root = engine.namespace(EndMarkers.FOLDER);
    this.contexts = engine::namespace;
    this.stopping = engine::isStopping;
    this.purgeDue = now().plus(grace());
    this.lookDue = purgeDue;
  }

  private Instant now() {
    return root.now();
  }

  private Duration grace() {
    return root.settings().reaperGrace();
  }

  /** Starts what is due by the clock; called about once a second, by one thread. */
  void tick() {
    if (now().isAfter(purgeDue)) {
      purgeDue = now().plus(grace());
      background("elacsym-purge", purging, this::purgeMarked);
    }
    if (now().isAfter(lookDue)) {
      lookDue = now().plus(grace().multipliedBy(LOOK_GRACES));
      background("elacsym-look", looking, this::lookAtFolders);
    }
  }

  private void background(String name, AtomicBoolean busy, Runnable task) {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    root.seams()
        .tasks()
        .start(
            name,
            () -> {
              try {
                root.turns().run(name, task);
              } catch (ElacsymException e) {
                LOG.log(
                    stopping.getAsBoolean() ? Level.DEBUG : Level.WARNING,
                    "not all that ended namespaces have left is deleted, and will be: {0}",
                    e.forOperators());
              } finally {
                busy.set(false);
              }
            });
  }

  /** Deletes what a namespace has left that has just been dropped, but for what has to wait. */
  void purgeNow(String name) {
    new Purge(contexts.apply(name), Set.of(), false).run();
  }

  private void purgeMarked() {
    Map<String, List<Marker>> marked =
        root.markers().list("", "", "").stream()
            .collect(
                Collectors.groupingBy(Marker::namespace, LinkedHashMap::new, Collectors.toList()));
    emptySince.keySet().retainAll(marked.keySet());
    straysSince.keySet().retainAll(marked.keySet());
    marked.forEach((name, markers) -> {
      if (!stopping.getAsBoolean()) {
        tryToPurge(name, markers);
      }
    });
  }

  private void tryToPurge(String name, List<Marker> markers) {
    try {
      purge(name, markers);
    } catch (ElacsymException e) {
      // A failure, because of a damaged manifest say, must not keep other namespaces from being
      // purged.
      LOG.log(
          stopping.getAsBoolean() ? Level.DEBUG : Level.WARNING,
          "namespace {0}: what it has left is not all deleted, and will be: {1}",
          name,
          e.forOperators());
    }
  }

  private void purge(String name, List<Marker> markers) {
    Set<String> ended = new HashSet<>();
    markers.forEach(marker -> ended.add(marker.incarnation()));
    // Objects of an unknown life may be a copy that somebody is making by hand, so they are left
    // for longer.
    Duration strayAge =
        ended.equals(Set.of(EndMarkers.UNKNOWN)) ? grace().multipliedBy(LOOK_GRACES) : grace();
    Purge.Remains found =
        new Purge(
                contexts.apply(name),
                ended,
                isLongAgo(straysSince.getOrDefault(name, now()), strayAge))
            .run();
    if (!(found instanceof Purge.Remains.Nothing)) {
      emptySince.remove(name);
    }
    if (!(found instanceof Purge.Remains.Strays)) {
      straysSince.remove(name);
    }
    switch (found) {
      case Purge.Remains.Alive(Manifest manifest) -> {
        root.markers()
            .delete(markers.stream().filter(marker -> marker.isSettledBy(manifest)).toList());
      }
      case Purge.Remains.Nothing() -> {
        if (isLongAgo(emptySince.computeIfAbsent(name, n -> now()), grace())) {
          root.markers().delete(markers);
          emptySince.remove(name);
        }
      }
      case Purge.Remains.Lost() -> {
        warnOfLost(name);
        root.markers()
            .delete(
                markers.stream()
                    .filter(marker -> marker.incarnation().equals(EndMarkers.UNKNOWN))
                    .toList());
      }
      case Purge.Remains.Strays() -> straysSince.computeIfAbsent(name, n -> now());
      case Purge.Remains.Something() -> {}
    }
  }

  private boolean isLongAgo(Instant since, Duration time) {
    return since.plus(time).isBefore(now());
  }

  private static void warnOfLost(String name) {
    LOG.log(
        Level.WARNING,
        "namespace {0} has lost its manifest; ''elacsym repair -n {0}'' makes it anew from a copy",
        name);
  }

  /** Marks what is no namespace and should have been marked. */
  private void lookAtFolders() {
    String after = "";
    List<String> folders;
    do {
      folders = root.storage().listFolders("", after, Catalogue.MAX_PAGE);
      for (String folder : folders) {
        after = folder;
        if (Catalogue.isName(folder)) {
          if (!pause()) {
            return;
          }
          look(contexts.apply(folder));
        }
      }
    } while (folders.size() == Catalogue.MAX_PAGE);
  }

  private void look(NamespaceContext context) {
    Optional<Manifest> manifest;
    try {
      manifest = context.manifest().read().map(found -> found.content());
    } catch (ElacsymException e) {
      if (Damage.is(e)) {
        // It is a namespace, which somebody has to repair.
        return;
      }
      throw e;
    }
    if (manifest.filter(Manifest::isActive).isPresent()) {
      return;
    }
    if (!context.markers().of(context.name()).isEmpty()) {
      return;
    }
    if (manifest.isPresent()) {
      context.markers().put(Marker.of(context.name(), manifest.get()));
    } else if (LostManifest.isRepairable(context, Set.of())) {
      warnOfLost(context.name());
    } else {
      context.markers().put(new Marker(context.name(), 0, EndMarkers.UNKNOWN));
    }
  }

  /** Waits a little; false when the engine is stopping, and so the round has to end. */
  private boolean pause() {
    try {
      root.seams().tasks().sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !stopping.getAsBoolean();
  }
}
