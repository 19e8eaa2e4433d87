package io.elacsym.engine.owner;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.blob.BlobStore;
import io.elacsym.engine.cas.AtomicObject;
import io.elacsym.engine.cas.AtomicObject.Versioned;
import io.elacsym.engine.cas.NumberedLog;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ManifestJson;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.segment.SegmentBuilder;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.task.BackgroundTurns;
import io.elacsym.engine.task.Counters;
import io.elacsym.engine.wal.Wal;
import io.elacsym.engine.wal.WalEntry;
import java.time.Duration;
import java.time.Instant;

/**
 * Everything about one namespace that does not change while it is open.
 *
 * @param name its name
 * @param storage where it lies
 * @param blobs its immutable objects
 * @param manifest its one mutable object
 * @param builder of its segments
 * @param turns of what works on it in the background
 */
public record Site(
    String name,
    Storage storage,
    BlobStore blobs,
    AtomicObject<Manifest> manifest,
    SegmentBuilder builder,
    Plugins plugins,
    EngineSettings settings,
    Seams seams,
    BackgroundTurns turns,
    Counters counters) {

  public static Site of(
      String name,
      Storage storage,
      BlobStore blobs,
      Plugins plugins,
      EngineSettings settings,
      Seams seams,
      BackgroundTurns turns,
      Counters counters) {
    return new Site(
        name,
        storage,
        blobs,
        manifest(storage, name),
        new SegmentBuilder(plugins, blobs, name),
        plugins,
        settings,
        seams,
        turns,
        counters);
  }

  /**
   * Whether objects that the manifest named then may be gone by now, and numbers of the WAL be in
   * use again by a writer that has slept. Both are kept for a grace; half of it is for clocks that
   * differ.
   */
  public boolean isLongAgo(Instant then) {
    Duration limit = settings.reaperGrace().dividedBy(2);
    return then.plus(limit).isBefore(seams.clock().instant());
  }

  /** The log of one of its lives. */
  public NumberedLog<WalEntry> wal(Manifest manifest) {
    return Wal.of(storage, name, manifest.incarnation());
  }

  /** Earlier versions of the manifest of one of its lives. */
  public ManifestHistory history(Manifest manifest) {
    return history(manifest.incarnation());
  }

  /** Earlier versions of the manifest of one of its lives. */
  public ManifestHistory history(String incarnation) {
    return new ManifestHistory(storage, name, incarnation);
  }

  /** What says that a life of it is over, or not yet begun. */
  public EndMarkers markers() {
    return new EndMarkers(storage);
  }

  /** A namespace at another storage, of which only manifest, WAL and markers are used. */
  public Site at(Storage elsewhere, String other) {
    return of(other, elsewhere, blobs, plugins, settings, seams, turns, counters);
  }

  /** The same for another namespace of this storage. */
  public Site named(String other) {
    return of(other, storage, blobs, plugins, settings, seams, turns, counters);
  }

  /** Name of a namespace's manifest. */
  public static String manifestName(String namespace) {
    return namespace + "/manifest.json";
  }

  /** The manifest of a namespace. */
  public static AtomicObject<Manifest> manifest(Storage storage, String namespace) {
    String name = manifestName(namespace);
    return new AtomicObject<>(
        storage,
        name,
        ManifestJson::write,
        bytes -> ManifestJson.read(name, bytes),
        (a, b) -> a.commitId().equals(b.commitId()));
  }

  /**
   * Its manifest now.
   *
   * @throws ElacsymException {@code NOT_FOUND} when there is no such namespace
   */
  public Versioned<Manifest> activeManifest() {
    return manifest
        .read()
        .filter(found -> found.content().isActive())
        .orElseThrow(() -> ElacsymException.notFound("namespace '" + name + "' does not exist"));
  }

  /** Object name of something the manifest names. */
  public String object(String nameBelow) {
    return ObjectNames.absolute(name, nameBelow);
  }
}
