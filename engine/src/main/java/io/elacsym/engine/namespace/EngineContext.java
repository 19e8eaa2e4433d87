package io.elacsym.engine.namespace;

import io.elacsym.api.storage.Storage;
import io.elacsym.engine.blob.BlobStore;
import io.elacsym.engine.blob.BlockCache;
import io.elacsym.engine.border.PluginWatch;
import io.elacsym.engine.disk.DiskCache;
import io.elacsym.engine.disk.Scratch;
import io.elacsym.engine.math.Kernels;
import io.elacsym.engine.model.CacheStats;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.segment.DocumentCache;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.storage.OpenStorage;
import io.elacsym.engine.storage.StorageWatch;
import io.elacsym.engine.task.BackgroundTurns;
import io.elacsym.engine.task.Counters;
import io.elacsym.engine.task.OnFailure;
import io.elacsym.engine.writer.NamespaceContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** What all namespaces of an engine share. Safe for use by many threads. */
public final class EngineContext implements AutoCloseable {
  /** Decoded documents take at most this part of the memory cache's bound. */
  private static final int DOCUMENTS_PART = 8;

  private final EngineSettings settings;
  private final Seams seams;
  private final Plugins plugins;
  private final StorageWatch watch;
  private final BackgroundTurns turns;
  private final Storage storage;
  private final Scratch scratch;
  private final BlockCache cache;
  private final DocumentCache documents;
  private final Optional<DiskCache> disk;
  private final BlobStore blobs;
  private final Counters counters = new Counters();
  private final AtomicBoolean stopping;

  private EngineContext(
      EngineSettings settings,
      Seams seams,
      Plugins plugins,
      StorageWatch watch,
      BackgroundTurns turns,
      Storage storage,
      Scratch scratch,
      AtomicBoolean stopping) {
    this.settings = settings;
    this.seams = seams;
    this.plugins = plugins;
    this.watch = watch;
    this.turns = turns;
    this.storage = storage;
    this.scratch = scratch;
    this.stopping = stopping;
    this.cache = new BlockCache(settings.cache().memoryBytes());
    this.documents = new DocumentCache(settings.cache().memoryBytes() / DOCUMENTS_PART);
    this.disk = diskCache(storage, settings, seams);
    this.blobs = new BlobStore(storage, cache, disk, scratch, counters::blob);
  }

  /** Opens the storage, and proves that it can be trusted; see {@code Engine}. */
  public static EngineContext open(EngineSettings settings, Providers providers, Seams seams) {
    AtomicBoolean stopping = new AtomicBoolean();
    Plugins plugins =
        new Plugins(
            providers,
            settings,
            Kernels.choose(),
            seams.seed(),
            stopping::get,
            new PluginWatch(seams.clock()));
    StorageWatch watch = new StorageWatch(seams.clock());
    BackgroundTurns turns =
        new BackgroundTurns(settings.background().requests(), settings.background().tasks());
    Storage storage = OpenStorage.open(plugins, seams, watch, turns);
    return new EngineContext(
        settings, seams, plugins, watch, turns, storage, scratch(storage, settings), stopping);
  }

  /**
   * The disk cache, if there is to be one. Data that lies on this machine anyway is not copied to
   * its disk once more.
   */
  private static Optional<DiskCache> diskCache(
      Storage storage, EngineSettings settings, Seams seams) {
    return settings.cache().diskBytes() > 0 && storage.capabilities().shared()
        ? Optional.of(
            DiskCache.open(
                settings.cache().diskPath(),
                settings.cache().diskBytes(),
                seams.tasks(),
                seams.clock()))
        : Optional.empty();
  }

  /**
   * Files that are written before they are stored lie beside the data or the cache, if they can.
   */
  private static Scratch scratch(Storage storage, EngineSettings settings) {
    List<Scratch.Place> places = new ArrayList<>();
    // Only the storage knows whether what its folder lies in is still there.
    storage
        .temporaryFolder()
        .map(folder -> new Scratch.Place(folder, storage::temporaryFolder))
        .ifPresent(places::add);
    if (storage.capabilities().shared() && settings.cache().diskBytes() > 0) {
      places.add(Scratch.Place.at(settings.cache().diskPath()));
    }
    places.add(Scratch.Place.at(Path.of(System.getProperty("java.io.tmpdir"), "elacsym")));
    return OnFailure.undo(storage::close, () -> Scratch.open(places));
  }

  /** The context of a name, whether there is a namespace of that name or not. */
  public NamespaceContext namespace(String name) {
    return NamespaceContext.of(
        name, storage, blobs, documents, plugins, settings, seams, turns, counters);
  }

  /**
   * Does something with the storage that other settings name, which may be the one of this engine.
   *
   * @param target the other settings; the installed plugins are the same
   */
  public <T> T withStorageOf(EngineSettings target, Function<Storage, T> action) {
    if (target.sameStorage(settings)) {
      return action.apply(storage);
    }
    try (Storage other =
        OpenStorage.open(plugins.with(target), seams, new StorageWatch(seams.clock()), turns)) {
      return action.apply(other);
    }
  }

  public EngineSettings settings() {
    return settings;
  }

  Seams seams() {
    return seams;
  }

  public Plugins plugins() {
    return plugins;
  }

  public BackgroundTurns turns() {
    return turns;
  }

  public Storage storage() {
    return storage;
  }

  public StorageWatch watch() {
    return watch;
  }

  public Counters counters() {
    return counters;
  }

  public CacheStats memoryCache() {
    return cache.stats();
  }

  public CacheStats documentCache() {
    return documents.stats();
  }

  public CacheStats diskCache() {
    return disk.map(DiskCache::stats).orElse(CacheStats.NONE);
  }

  /** Bytes in memory that open segments hold besides the cache. */
  public long heldBytes() {
    return cache.heldBytes();
  }

  /** Whether this process begins nothing new. */
  boolean isStopping() {
    return stopping.get();
  }

  /**
   * Says that nothing new is begun from now on.
   *
   * @return false when that was said before
   */
  public boolean stop() {
    return stopping.compareAndSet(false, true);
  }

  @Override
  public void close() {
    scratch.close(); // while the storage, whose folder it may lie in, is still this process's
    storage.close();
    disk.ifPresent(DiskCache::close);
  }
}
