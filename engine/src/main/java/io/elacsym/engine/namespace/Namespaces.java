package io.elacsym.engine.namespace;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.api.storage.StorageStatistics;
import io.elacsym.engine.blob.BlobStore;
import io.elacsym.engine.blob.BlockCache;
import io.elacsym.engine.cas.Versioned;
import io.elacsym.engine.disk.DiskCache;
import io.elacsym.engine.disk.Scratch;
import io.elacsym.engine.maintenance.Backup;
import io.elacsym.engine.maintenance.Births;
import io.elacsym.engine.maintenance.Dropper;
import io.elacsym.engine.maintenance.KeptVersions;
import io.elacsym.engine.maintenance.ManifestRepair;
import io.elacsym.engine.maintenance.Restorer;
import io.elacsym.engine.maintenance.Verifier;
import io.elacsym.engine.manifest.Content;
import io.elacsym.engine.manifest.Life;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.math.Kernels;
import io.elacsym.engine.model.BackupReport;
import io.elacsym.engine.model.CacheStats;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.EngineCounters;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.NamespacePage;
import io.elacsym.engine.model.NamespaceTotal;
import io.elacsym.engine.model.NamespaceVersion;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.RepairReport;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.VerifyReport;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.query.QueryNeeds;
import io.elacsym.engine.segment.Needs;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.task.BackgroundTurns;
import io.elacsym.engine.task.Counters;
import io.elacsym.engine.task.Detached;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.engine.task.Waits;
import io.elacsym.engine.writer.NamespaceContext;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The namespaces of one storage, opened when first named. Safe for use by many threads. */
public final class Namespaces implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Namespaces.class.getName());
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Storage storage;
  private final StorageWatch watch;
  private final Scratch scratch;
  private final BackgroundTurns turns;
  private final BlockCache cache;
  private final Optional<DiskCache> disk;
  private final BlobStore blobs;
  private final Plugins plugins;
  private final EngineSettings settings;
  private final Seams seams;
  private final AtomicBoolean stopping;
  private final Map<String, OpenNamespace> open = new ConcurrentHashMap<>();
  private final Map<String, ReentrantLock> opening = new ConcurrentHashMap<>();

  private final NamespaceNames names;
  private final NamespaceCount count;
  private final PurgeRounds purges;
  private final NameLocks changes = new NameLocks();
  private final Counters counters = new Counters();

  /** As it was counted last, and what came since. */
  private final AtomicLong unflushedTotal = new AtomicLong();

  private Namespaces(
      Storage storage,
      StorageWatch watch,
      Plugins plugins,
      EngineSettings settings,
      Seams seams,
      Scratch scratch,
      BackgroundTurns turns,
      AtomicBoolean stopping) {
    this.storage = storage;
    this.watch = watch;
    this.scratch = scratch;
    this.turns = turns;
    this.cache = new BlockCache(settings.memoryCacheBytes());
    this.disk = diskCache(storage, settings, seams);
    this.blobs = new BlobStore(storage, cache, disk, scratch, counters::blob);
    this.plugins = plugins;
    this.settings = settings;
    this.seams = seams;
    this.stopping = stopping;
    this.names = new NamespaceNames(this::context);
    this.count = new NamespaceCount(names::count, seams);
    this.purges = new PurgeRounds(this::context, stopping::get);
  }

  /** Data that lies on this machine anyway is not copied to its disk once more. */
  private static Optional<DiskCache> diskCache(
      Storage storage, EngineSettings settings, Seams seams) {
    return settings.diskCacheBytes() > 0 && storage.capabilities().shared()
        ? Optional.of(
            DiskCache.open(
                settings.diskCachePath(), settings.diskCacheBytes(), seams.tasks(), seams.clock()))
        : Optional.empty();
  }

  /** Opens the storage, proves that it can be trusted, and starts background work. */
  public static Namespaces open(EngineSettings settings, Providers providers, Seams seams) {
    AtomicBoolean stopping = new AtomicBoolean();
    Plugins plugins =
        new Plugins(providers, settings, Kernels.choose(), seams.seed(), stopping::get);
    StorageWatch watch = new StorageWatch(seams.clock());
    BackgroundTurns turns =
        new BackgroundTurns(settings.background().requests(), settings.background().tasks());
    Storage storage = provedStorage(plugins, seams, watch, turns);
    Namespaces namespaces =
        new Namespaces(
            storage, watch, plugins, settings, seams, scratch(storage, settings), turns, stopping);
    namespaces.knownCount();
    seams.tasks().start("elacsym-ticks", namespaces::tickUntilStopped);
    return namespaces;
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
    if (storage.capabilities().shared() && settings.diskCacheBytes() > 0) {
      places.add(Scratch.Place.at(settings.diskCachePath()));
    }
    places.add(Scratch.Place.at(Path.of(System.getProperty("java.io.tmpdir"), "elacsym")));
    try {
      return Scratch.open(places);
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  private static Storage provedStorage(
      Plugins plugins, Seams seams, StorageWatch watch, BackgroundTurns turns) {
    StorageProvider provider = plugins.storage();
    Storage storage = new OpenStorage(provider.open(plugins.context(provider)), watch, turns);
    try {
      StorageProbe.check(storage, seams.ids().get());
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
    return storage;
  }

  private void tickUntilStopped() {
    try {
      while (!stopping.get()) {
        seams.tasks().sleep(TICK);
        open.values().forEach(this::tick);
        step("room for writes", this::makeRoom);
        step("purge", purges::tick);
        if (watch.outage().isPresent()) {
          // Whoever asks for nothing else learns by this that it is over.
          step("count", count::known);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever fails, the steps and ticks to come must not suffer from it. */
  private static void step(String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "background work failed and will be tried again: " + what, e);
    }
  }

  /** Flushes the largest live buffer when all together come near to what memory has for them. */
  private void makeRoom() {
    List<OpenNamespace> alive =
        open.values().stream().filter(namespace -> namespace.follower().isOpen()).toList();
    long total = alive.stream().mapToLong(OpenNamespace::unflushedBytes).sum();
    unflushedTotal.set(total);
    if (total > settings.write().maxUnflushedTotal() / 2) {
      alive.stream()
          .max(Comparator.comparingLong(OpenNamespace::unflushedBytes))
          .ifPresent(OpenNamespace::flushInBackground);
    }
  }

  private void tick(OpenNamespace namespace) {
    if (namespace.follower().isOver()) {
      open.remove(namespace.name(), namespace);
      return;
    }
    try {
      namespace.tick();
    } catch (RuntimeException e) {
      // Whatever it is, the other namespaces and the ticks to come must not suffer from it.
      LOG.log(Level.WARNING, "namespace " + namespace.name() + ": no background work", e);
    }
  }

  /** Creates a namespace; see {@code Engine}. */
  public Namespace create(String name, Schema schema) {
    checkName(name);
    checkLanguages(schema, plugins);
    return Deadline.whole(() -> createWhole(name, schema));
  }

  private Namespace createWhole(String name, Schema schema) {
    NamespaceContext context = context(name);
    Manifest created =
        changes
            .alone(name, () -> new Births(context).bear(before -> firstManifest(schema, before)))
            .content();
    context.manifest().tryToKeep(created);
    count.changed(1);
    // What is still open under this name may be a life that another process has ended.
    OpenNamespace known = open.get(name);
    if (known != null && !known.follower().incarnation().equals(created.incarnation())) {
      known.follower().ended();
      open.remove(name, known);
    }
    try {
      return open(name);
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
      // Somebody has dropped it by now, and it was created all the same.
      return new NamedNamespace(this, name);
    }
  }

  private Manifest firstManifest(Schema schema, Optional<Manifest> before) {
    Life life =
        new Life(seams.ids().get(), Life.State.ACTIVE, seams.clock().instant(), Optional.empty());
    return Manifest.first(life, before, seams.ids().get(), Content.empty(schema));
  }

  static void checkLanguages(Schema schema, Plugins plugins) {
    Set<String> languages = plugins.newTextIndex().languages();
    schema
        .attributes()
        .forEach((name, attribute) ->
            attribute
                .fullText()
                .filter(text -> !languages.contains(text.language()))
                .ifPresent(text -> {
                  throw ElacsymException.invalid(
                      "attribute '"
                          + name
                          + "': language is '"
                          + text.language()
                          + "', expected one of "
                          + languages.stream().sorted().toList());
                }));
  }

  private static void checkName(String name) {
    NamespaceNames.check(name);
  }

  private NamespaceContext context(String name) {
    return NamespaceContext.of(name, storage, blobs, plugins, settings, seams, turns, counters);
  }

  /** Opens a namespace; see {@code Engine}. */
  public Namespace open(String name) {
    openNamespace(name, schema -> Needs.NOTHING);
    return new NamedNamespace(this, name);
  }

  /**
   * Calls what is open under a name. That may be a life which another process has ended, and given
   * a successor since: then a call that found nothing is made again there.
   */
  <T> T onOpen(String name, Function<OpenNamespace, T> action) {
    OpenNamespace known = openNamespace(name, schema -> Needs.NOTHING).namespace();
    try {
      return action.apply(known);
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.NOT_FOUND || !known.follower().isOver()) {
        throw e;
      }
      return action.apply(openNamespace(name, schema -> Needs.NOTHING).namespace());
    }
  }

  /** Answers a query, opening the namespace if need be; see {@code Engine}. */
  public QueryResult query(String name, Function<Schema, QueryRequest> request) {
    return ReadTrace.inside(trace -> {
      List<QueryRequest> first = new ArrayList<>();
      Opened opened =
          openNamespace(
              name,
              schema -> {
                first.add(request.apply(schema));
                return QueryNeeds.of(first.getFirst());
              });
      if (opened.justNow()) {
        trace.opened();
        return opened.namespace().firstQuery(first.getFirst());
      }
      return onOpen(name, open -> open.query(request.apply(open.schema())));
    });
  }

  /**
   * An open namespace.
   *
   * @param justNow whether this very call has opened it, so that it is as new as the call
   */
  private record Opened(OpenNamespace namespace, boolean justNow) {}

  /**
   * @param needs what is going to be asked of it, once its schema is known
   */
  private Opened openNamespace(String name, Function<Schema, Needs> needs) {
    checkName(name);
    // Others wait for it, too, so opening goes on if this caller has no time left.
    return known(name).orElseGet(() -> Detached.call(() -> openedOnce(name, needs)));
  }

  private Opened openedOnce(String name, Function<Schema, Needs> needs) {
    while (true) {
      Optional<Opened> known = known(name);
      if (known.isPresent()) {
        return known.get();
      }
      ReentrantLock lock = opening.computeIfAbsent(name, n -> new ReentrantLock());
      Waits.lock(lock);
      try {
        // After waiting for somebody's attempt that failed: others may have a new lock by now.
        if (lock.equals(opening.get(name))) {
          return known(name).orElseGet(() -> Deadline.without(() -> load(name, needs)));
        }
      } finally {
        opening.remove(name, lock);
        lock.unlock();
      }
    }
  }

  private Optional<Opened> known(String name) {
    return Optional.ofNullable(open.get(name))
        .filter(known -> !known.follower().isOver())
        .map(known -> new Opened(known, false));
  }

  /** Opens a namespace; by one thread at a time, lest a process have it open twice. */
  private Opened load(String name, Function<Schema, Needs> needs) {
    if (stopping.get()) {
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping");
    }
    NamespaceContext context = context(name);
    Instant asked = seams.clock().instant();
    Versioned<Manifest> manifest = context.manifest().readActive();
    OpenNamespace loaded =
        new OpenNamespace(
            context, manifest, asked, needs.apply(manifest.content().schema()), unflushedTotal);
    open.put(name, loaded);
    if (stopping.get()) {
      // Closing may have passed by just before.
      loaded.close();
    }
    return new Opened(loaded, true);
  }

  /** Deletes a namespace; see {@code Engine}. */
  public void drop(String name) {
    checkName(name);
    alone(
        name,
        () -> {
          String ended = new Dropper(context(name)).drop();
          Optional.ofNullable(open.get(name))
              .filter(known -> known.follower().incarnation().equals(ended))
              .ifPresent(known -> {
                known.follower().ended();
                open.remove(name, known);
              });
          return true;
        });
    count.changed(-1);
    try {
      purges.purgeNow(name);
    } catch (ElacsymException e) {
      // The namespace is gone; what it has left is marked, and purged after the grace.
      LOG.log(Level.DEBUG, "namespace {0}: not all is deleted yet: {1}", name, e.forOperators());
    }
  }

  /** Changes a namespace from outside; nothing of this process changes it meanwhile. */
  private <T> T alone(String name, Supplier<T> action) {
    Supplier<T> whole = () -> Deadline.whole(action);
    return changes.alone(
        name, () -> known(name).map(known -> known.namespace().alone(whole)).orElseGet(whole));
  }

  /** Lists namespaces; see {@code Engine}. */
  public NamespacePage list(String prefix, String after, int limit) {
    return names.list(prefix, after, limit);
  }

  /** How many namespaces there are; see {@code Engine}. */
  public int count() {
    return count.get();
  }

  /** How many there were when they were last counted; see {@code Engine}. */
  public Optional<NamespaceTotal> knownCount() {
    return count.known();
  }

  /** Since when the storage does not answer; see {@code Engine}. */
  public Optional<Instant> storageOutage() {
    return watch.outage();
  }

  /** Checks a namespace; see {@code Engine}. */
  public VerifyReport verify(String name, LongConsumer progress) {
    checkName(name);
    return new Verifier(context(name), progress).verify();
  }

  /** The versions of a namespace that are kept; see {@code Engine}. */
  public List<NamespaceVersion> history(String name) {
    checkName(name);
    NamespaceContext context = context(name);
    return new KeptVersions(context).list(context.manifest().readActive().content());
  }

  /** The version that was the newest at a time; see {@code Engine}. */
  public NamespaceVersion versionAt(String name, Instant time) {
    checkName(name);
    NamespaceContext context = context(name);
    return new KeptVersions(context).newestAt(context.manifest().readActive().content(), time);
  }

  /** Brings back an earlier version; see {@code Engine}. */
  public long restore(String name, long version) {
    checkName(name);
    return alone(name, () -> new Restorer(context(name)).restore(version));
  }

  /** Makes a namespace that shares the objects of another; see {@code Engine}. */
  public Namespace branch(String source, String branch, Optional<Long> version) {
    checkName(branch);
    changes.alone(
        branch,
        () ->
            onOpen(
                source,
                from -> {
                  from.branch(context(branch), version);
                  return true;
                }));
    count.changed(1);
    // It is made: whoever has no time left now must not be told that there was none for it.
    return Deadline.without(() -> open(branch));
  }

  /** Copies a namespace to another storage; see {@code Engine}. */
  public BackupReport backup(
      String name, EngineSettings target, String targetName, LongConsumer progress) {
    checkName(name);
    checkName(targetName);
    if (target.sameStorage(settings)) {
      return new Backup(context(name), storage, targetName, progress).run();
    }
    try (Storage other =
        provedStorage(plugins.with(target), seams, new StorageWatch(seams.clock()), turns)) {
      return new Backup(context(name), other, targetName, progress).run();
    }
  }

  /** Makes a damaged namespace open again; see {@code Engine}. */
  public RepairReport repair(String name, boolean forgetLost, LongConsumer progress) {
    checkName(name);
    return alone(name, () -> new ManifestRepair(context(name), progress).repair(forgetLost));
  }

  /** What the storage has been asked; see {@code Engine}. */
  public StorageStatistics storageStatistics() {
    return storage.statistics();
  }

  public CacheStats memoryCache() {
    return cache.stats();
  }

  /** What was done so far; see {@code Engine}. */
  public EngineCounters counters() {
    return counters.read();
  }

  public CacheStats diskCache() {
    return disk.map(DiskCache::stats).orElse(CacheStats.NONE);
  }

  /** Bytes in memory that open segments hold besides the cache. */
  public long heldBytes() {
    return cache.heldBytes();
  }

  /** Flushes what this process has written; see {@code Engine}. */
  public List<String> flushAll(Duration atMost) {
    Instant end = seams.clock().instant().plus(atMost);
    if (!onEach("last-flush", OpenNamespace::wantsLastFlush, OpenNamespace::flush, end)) {
      LOG.log(Level.WARNING, "the last flush was given up after {0} s", atMost.toSeconds());
    }
    List<String> left =
        open.values().stream()
            .filter(OpenNamespace::wantsLastFlush)
            .map(OpenNamespace::name)
            .sorted()
            .toList();
    if (left.isEmpty()) {
      LOG.log(Level.INFO, "everything is flushed that this process has written");
    } else {
      LOG.log(
          Level.WARNING,
          "not flushed: {0}; these writes are in the WAL alone, and are read from it when the"
              + " namespace is opened again",
          String.join(", ", left));
    }
    // Only now: no flush may wait for what merely tells of one.
    onEach("farewell", open -> open.writer().isWriter(), open -> open.writer().sayFarewell(), end);
    return left;
  }

  /**
   * Does something with all open namespaces of a kind side by side.
   *
   * @return false when not all of it was done by the end; it goes on
   */
  private boolean onEach(
      String what, Predicate<OpenNamespace> kind, Consumer<OpenNamespace> action, Instant end) {
    List<OpenNamespace> all = open.values().stream().filter(kind).toList();
    CountDownLatch done = new CountDownLatch(all.size());
    all.forEach(namespace ->
        seams
            .tasks()
            .start(
                "elacsym-" + what + "-" + namespace.name(),
                () -> {
                  try {
                    action.accept(namespace);
                  } catch (ElacsymException e) {
                    LOG.log(
                        Level.WARNING,
                        "namespace {0}: {1} failed: {2}",
                        namespace.name(),
                        what,
                        e.forOperators());
                  } finally {
                    done.countDown();
                  }
                }));
    try {
      return done.await(
          Duration.between(seams.clock().instant(), end).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Whoever stops the process is in a hurry; the WAL has everything.
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    if (stopping.compareAndSet(false, true)) {
      open.values().forEach(OpenNamespace::close);
      scratch.close(); // while the storage, whose folder it may lie in, is still this process's
      storage.close();
      disk.ifPresent(DiskCache::close);
    }
  }
}
