package io.elacsym.engine.writer;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.blob.BlobStore;
import io.elacsym.engine.cas.NumberedLog;
import io.elacsym.engine.filter.Expiry;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.segment.DocumentCache;
import io.elacsym.engine.segment.SegmentBuilder;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.task.BackgroundTurns;
import io.elacsym.engine.task.Counters;
import io.elacsym.engine.task.LostRace;
import io.elacsym.engine.wal.Wal;
import io.elacsym.engine.wal.WalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The context of one namespace: everything about it that does not change while it is open.
 *
 * @param name its name
 * @param storage where it lies
 * @param blobs its immutable objects
 * @param documents what is kept of its documents in memory
 * @param manifest its one mutable object
 * @param builder of its segments
 * @param turns of what works on it in the background
 */
public record NamespaceContext(
    String name,
    Storage storage,
    BlobStore blobs,
    DocumentCache documents,
    ManifestCommits manifest,
    SegmentBuilder builder,
    Plugins plugins,
    EngineSettings settings,
    Seams seams,
    BackgroundTurns turns,
    Counters counters) {

  public static NamespaceContext of(
      String name,
      Storage storage,
      BlobStore blobs,
      DocumentCache documents,
      Plugins plugins,
      EngineSettings settings,
      Seams seams,
      BackgroundTurns turns,
      Counters counters) {
    return new NamespaceContext(
        name,
        storage,
        blobs,
        documents,
        new ManifestCommits(storage, name, settings, seams),
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
    return then.plus(limit).isBefore(now());
  }

  /** The time by this machine's clock, which may be minutes off that of others. */
  public Instant now() {
    return seams.clock().instant();
  }

  /** The log of one of its lives. */
  public NumberedLog<WalEntry> wal(Manifest life) {
    return Wal.of(storage, name, life.incarnation());
  }

  /** Earlier versions of the manifest of one of its lives. */
  public ManifestHistory history(Manifest life) {
    return history(life.incarnation());
  }

  /** Earlier versions of the manifest of one of its lives. */
  public ManifestHistory history(String incarnation) {
    return new ManifestHistory(storage, name, incarnation);
  }

  /** The markers, which say that a life may be over or not yet begun. */
  public EndMarkers markers() {
    return new EndMarkers(storage);
  }

  /** A namespace at another storage, of which only manifest, WAL and markers are used. */
  public NamespaceContext at(Storage elsewhere, String other) {
    return of(other, elsewhere, blobs, documents, plugins, settings, seams, turns, counters);
  }

  /** The same for another namespace of this storage. */
  public NamespaceContext named(String other) {
    return of(other, storage, blobs, documents, plugins, settings, seams, turns, counters);
  }

  /** Object name of something the manifest names. */
  public String object(String nameBelow) {
    return ObjectNames.absolute(name, nameBelow);
  }

  /**
   * Matches documents that are expired for at least a grace, and so by every clock; empty when none
   * ever is. Only these are left out of what is stored.
   */
  public Optional<TypedFilter> longExpired(Schema schema) {
    return Expiry.at(now().minus(settings().reaperGrace()), schema);
  }

  /**
   * Lets a commit lose that leaves out what was expired by an earlier schema: by the one of today
   * it may be there, and be found by whoever reads it.
   *
   * @throws ElacsymException {@code CONFLICT}, so that it is made again
   */
  public void requireSameTimeToLive(Schema built, Schema now) {
    if (!built.timeToLive().equals(now.timeToLive())) {
      throw LostRace.of(name);
    }
  }
}
