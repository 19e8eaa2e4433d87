package io.elacsym.engine.simulation.model;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ManifestJson;
import io.elacsym.engine.simulation.bucket.Bucket;
import io.elacsym.engine.simulation.bucket.BucketWatcher;
import io.elacsym.engine.simulation.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the bucket must keep: every object that a manifest names is there when it is committed and
 * as long as it is named; what is named no more, or was never named, stays for its grace.
 */
public final class Keeping implements BucketWatcher {
  private final World world;
  private final Bucket bucket;
  private final Duration grace;
  private final Map<String, Kept> namespaces = new HashMap<>();

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
    private Map<String, Long> named = Map.of();
    private final Map<String, Instant> unnamedSince = new HashMap<>();
    private final NavigableMap<Long, Instant> floorSince = new TreeMap<>();
    private boolean dropped;

    Kept(String incarnation, Instant born) {
      this.incarnation = incarnation;
      this.born = born;
    }
  }

  @Override
  public void stored(String object, byte[] content) {
    Optional<ObjectName> name = ObjectName.of(object).filter(ObjectName::isManifest);
    if (name.isPresent()) {
      committed(name.get().namespace(), ManifestJson.read(object, content));
    }
  }

  private void committed(String namespace, Manifest manifest) {
    Map<String, Long> now = NamedObjects.blobs(namespace, manifest);
    now.forEach((blob, bytes) -> {
      Optional<ObjectInfo> found = bucket.head(blob);
      if (found.isEmpty() || found.get().size() != bytes) {
        world.fail("version " + manifest.version() + " names " + blob + ", but there is " + found);
      }
    });
    Kept kept =
        namespaces.compute(
            namespace,
            (n, known) ->
                known == null || !known.incarnation.equals(manifest.incarnation())
                    ? new Kept(manifest.incarnation(), world.now())
                    : known);
    kept.named.keySet().stream()
        .filter(blob -> !now.containsKey(blob))
        .forEach(blob -> kept.unnamedSince.put(blob, world.now()));
    kept.named = now;
    kept.floorSince.putIfAbsent(manifest.walFloor(), world.now());
    kept.dropped = manifest.state() == Manifest.State.DROPPED;
  }

  @Override
  public void deleted(ObjectInfo info) {
    String object = info.name();
    Optional<ObjectName> name = ObjectName.of(object);
    Optional<Kept> found = name.flatMap(n -> Optional.ofNullable(namespaces.get(n.namespace())));
    if (found.isEmpty()) {
      return;
    }
    Kept kept = found.get();
    if (name.get().isManifest()) {
      world.fail(object + " was deleted");
    } else if (kept.named.containsKey(object)) {
      world.fail(object + " was deleted and is named");
    } else if (!kept.dropped && !info.lastModified().isBefore(kept.born)) {
      Instant free =
          name.get()
              .walSequence()
              .map(sequence -> passed(kept, sequence))
              .orElseGet(() -> kept.unnamedSince.getOrDefault(object, info.lastModified()));
      if (world.now().isBefore(free.plus(grace))) {
        world.fail(object + " was deleted too early: it was in use or new at " + free);
      }
    }
  }

  /** When an entry fell below the floor; never, as long as it is not. */
  private static Instant passed(Kept kept, long sequence) {
    Map.Entry<Long, Instant> floor = kept.floorSince.higherEntry(sequence);
    return floor == null ? Instant.MAX.minus(Duration.ofDays(1)) : floor.getValue();
  }
}
