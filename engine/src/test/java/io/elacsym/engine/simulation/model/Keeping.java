package io.elacsym.engine.simulation.model;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.engine.manifest.Life;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.simulation.bucket.Bucket;
import io.elacsym.engine.simulation.world.World;
import io.elacsym.engine.writer.EndMarkers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the bucket must keep: every object that a manifest names is there when it is committed, and
 * as long as the newest version names it, or one that can be restored; what is named no more, or
 * was never named, stays for its grace.
 */
public final class Keeping {
  private static final Instant NEVER = Instant.MAX.minus(Duration.ofDays(1));

  private final World world;
  private final Bucket bucket;
  private final Duration grace;
  private final Map<String, Kept> namespaces = new HashMap<>();

  /** Since when entries of each life below each floor are dead. */
  private final Map<String, NavigableMap<Long, Instant>> floors = new HashMap<>();

  /** When each life has ended that has. */
  private final Map<String, Instant> ended = new HashMap<>();

  /** When each object was there first: no name is used twice, and whatever arrives late is dead. */
  private final Map<String, Instant> firstStored = new HashMap<>();

  /**
   * @param grace least age at which anything may be deleted, by the true time
   */
  public Keeping(World world, Bucket bucket, Duration grace) {
    this.world = world;
    this.bucket = bucket;
    this.grace = grace;
  }

  /** One life of a namespace. */
  private static final class Kept {
    private final String incarnation;
    private final Instant born;

    /** What each version that can be restored uses; the newest one is among them. */
    private final NavigableMap<Long, Set<String>> versions = new TreeMap<>();

    /** When the newest version has ceased to use something. */
    private final Map<String, Instant> unnamedSince = new HashMap<>();

    private boolean active;
    private boolean purging;

    Kept(String incarnation, Instant born) {
      this.incarnation = incarnation;
      this.born = born;
    }

    void commit(Manifest manifest, Set<String> names, Instant now) {
      if (!versions.isEmpty()) {
        versions.lastEntry().getValue().stream()
            .filter(name -> !names.contains(name))
            .forEach(name -> unnamedSince.put(name, now));
      }
      versions.put(manifest.version(), names);
      versions.headMap(manifest.historyFrom()).clear();
      active = manifest.isActive();
      purging = manifest.stage() == Life.Stage.PURGING;
    }

    /** A version that needs an object. */
    Optional<Long> user(String object) {
      return versions.entrySet().stream()
          .filter(version -> active && version.getValue().contains(object))
          .map(Map.Entry::getKey)
          .findFirst();
    }
  }

  /** When an entry fell below the floor of its life; a very long time from now when it has not. */
  private Instant passed(String life, long sequence) {
    Map.Entry<Long, Instant> floor =
        floors.getOrDefault(life, new TreeMap<>()).higherEntry(sequence);
    return floor == null ? ended.getOrDefault(life, NEVER) : floor.getValue();
  }

  void committed(String namespace, Manifest manifest) {
    Map<String, Long> named = NamedObjects.blobs(namespace, manifest);
    named.forEach((blob, bytes) -> {
      Optional<ObjectInfo> found = bucket.head(blob);
      if (manifest.isActive() && (found.isEmpty() || found.get().size() != bytes)) {
        world.fail("version " + manifest.version() + " names " + blob + ", but there is " + found);
      }
    });
    requireCopyOfOneBefore(namespace, manifest);
    namespaces
        .compute(
            namespace,
            (n, known) ->
                known != null && known.incarnation.equals(manifest.incarnation())
                    ? known
                    : new Kept(manifest.incarnation(), world.now()))
        .commit(manifest, named.keySet(), world.now());
    floors
        .computeIfAbsent(manifest.incarnation(), life -> new TreeMap<>())
        .putIfAbsent(manifest.walFloor(), world.now());
    if (manifest.isOver()) {
      ended.putIfAbsent(manifest.incarnation(), world.now());
    }
  }

  /** A version is copied before it is replaced, so that no crash can leave a gap in the history. */
  private void requireCopyOfOneBefore(String namespace, Manifest manifest) {
    Optional.ofNullable(namespaces.get(namespace))
        .filter(known -> known.active && manifest.isActive())
        .filter(known -> known.incarnation.equals(manifest.incarnation()))
        .map(known ->
            String.format(
                Locale.ROOT,
                "%s/history/%020d-%s.json",
                namespace,
                known.versions.lastKey(),
                known.incarnation))
        .filter(copy -> bucket.head(copy).isEmpty())
        .ifPresent(
            copy -> world.fail("version " + manifest.version() + " was committed without " + copy));
  }

  /** Whether a namespace has a marker, by which whoever lists knows that it must be asked. */
  boolean isMarked(String namespace) {
    return !bucket.list(EndMarkers.FOLDER + "/" + namespace + "/").isEmpty();
  }

  boolean isEmpty(String namespace) {
    return bucket.list(namespace + "/").isEmpty();
  }

  void stored(String object) {
    firstStored.putIfAbsent(object, world.now());
  }

  void deleted(ObjectInfo info) {
    String object = info.name();
    namespaces.forEach((namespace, kept) ->
        kept.user(object)
            .ifPresent(version ->
                world.fail(
                    object
                        + " was deleted, and version "
                        + version
                        + " of "
                        + namespace
                        + " uses it")));
    ObjectName.of(object)
        .ifPresent(name ->
            Optional.ofNullable(namespaces.get(name.namespace()))
                .ifPresent(kept -> checkAge(name, info, kept)));
  }

  private void checkAge(ObjectName name, ObjectInfo info, Kept kept) {
    if (name.isManifest()) {
      if (!kept.purging) {
        world.fail(info.name() + " was deleted, and nobody has said that it would be");
      }
      requireGrace(info, ended.getOrDefault(kept.incarnation, NEVER));
      return;
    }
    Instant stored = firstStored.getOrDefault(info.name(), info.lastModified());
    if (name.walSequence().isPresent()) {
      requireGrace(info, passed(name.walIncarnation(), name.walSequence().get()));
    } else if (kept.active && !stored.isBefore(kept.born) && !name.isHistory()) {
      requireGrace(info, kept.unnamedSince.getOrDefault(info.name(), stored));
    }
  }

  private void requireGrace(ObjectInfo info, Instant free) {
    if (world.now().isBefore(free.plus(grace))) {
      world.fail(info.name() + " was deleted too early: it was new or in use at " + free);
    }
  }
}
