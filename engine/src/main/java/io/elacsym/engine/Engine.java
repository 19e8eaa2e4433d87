package io.elacsym.engine;

import io.elacsym.api.storage.StorageStatistics;
import io.elacsym.engine.model.BackupReport;
import io.elacsym.engine.model.CacheStats;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.EngineCounters;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.NamespacePage;
import io.elacsym.engine.model.NamespaceTotal;
import io.elacsym.engine.model.NamespaceUse;
import io.elacsym.engine.model.NamespaceVersion;
import io.elacsym.engine.model.PluginFaults;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.RepairReport;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.VerifyReport;
import io.elacsym.engine.namespace.Catalogue;
import io.elacsym.engine.namespace.EngineContext;
import io.elacsym.engine.namespace.Housekeeping;
import io.elacsym.engine.namespace.Lives;
import io.elacsym.engine.namespace.OpenNamespaces;
import io.elacsym.engine.namespace.PurgeRounds;
import io.elacsym.engine.past.Backup;
import io.elacsym.engine.past.KeptVersions;
import io.elacsym.engine.past.Verifier;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.writer.NamespaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The database. Safe for use by many threads; calls block and are made from virtual threads.
 *
 * <p>Opening an engine reads nothing: a namespace is opened by the first call that names it, and
 * any process may open any namespace at any time.
 */
public final class Engine implements AutoCloseable {
  private final EngineContext context;
  private final Catalogue catalogue;
  private final OpenNamespaces open;
  private final Lives lives;
  private final Housekeeping housekeeping;

  private Engine(EngineContext context) {
    this.context = context;
    this.catalogue = new Catalogue(context);
    this.open = new OpenNamespaces(context);
    PurgeRounds purges = new PurgeRounds(context);
    this.lives = new Lives(context, open, catalogue, purges);
    this.housekeeping = new Housekeeping(context, open, catalogue, purges);
  }

  /** Opens an engine in the real world. */
  public static Engine open(EngineSettings settings, Providers providers) {
    return open(settings, providers, Seams.real());
  }

  /**
   * Opens an engine.
   *
   * @throws io.elacsym.api.ElacsymException {@code INVALID_REQUEST} when a chosen plugin is not
   *     installed, an option is wrong, or the storage lacks conditional puts; whatever the storage
   *     throws when it cannot be opened
   */
  public static Engine open(EngineSettings settings, Providers providers, Seams seams) {
    Engine engine = new Engine(EngineContext.open(settings, providers, seams));
    engine.housekeeping.start();
    return engine;
  }

  /**
   * Creates a namespace.
   *
   * @param name 1 to 128 letters, digits, {@code _}, {@code -} and {@code .}
   * @throws io.elacsym.api.ElacsymException {@code CONFLICT} when it exists
   */
  public Namespace create(String name, Schema schema) {
    return lives.create(name, schema);
  }

  /**
   * Opens a namespace, or gives the one already open.
   *
   * @throws io.elacsym.api.ElacsymException {@code NOT_FOUND} when there is none
   */
  public Namespace namespace(String name) {
    return open.open(name);
  }

  /**
   * Answers a query as {@link Namespace#query} does, and opens the namespace for it if it is not
   * open: all in few waves of requests, because what the query needs is read while opening. The
   * result's cost includes the opening.
   *
   * @throws io.elacsym.api.ElacsymException {@code NOT_FOUND} when there is no such namespace,
   *     {@code INVALID_REQUEST} when the request does not fit its schema
   */
  public QueryResult query(String name, QueryRequest request) {
    return query(name, List.of(request)).getFirst();
  }

  /** Answers several queries side by side, all from one snapshot, as {@link #query} does one. */
  public List<QueryResult> query(String name, List<QueryRequest> requests) {
    return open.query(name, requests);
  }

  /**
   * Answers the question that another process on this storage has about a segment of a namespace,
   * as {@link io.elacsym.engine.settings.Leaves.Leaf#ask} has brought it. Does so only if the very
   * same segment is known here, and otherwise says that it is not.
   *
   * @throws io.elacsym.api.ElacsymException {@code NOT_FOUND} when there is no such namespace,
   *     {@code INVALID_REQUEST} when the bytes are no such question
   */
  public byte[] answerLeaf(String name, byte[] question) {
    return open.answerLeaf(name, question);
  }

  /**
   * Deletes a namespace with all it holds; the name can be used again at once.
   *
   * @throws io.elacsym.api.ElacsymException {@code NOT_FOUND} when there is none
   */
  public void drop(String name) {
    lives.drop(name);
  }

  /**
   * Lists namespaces in the order of their objects: by name, where the end of a name counts as '/'.
   *
   * @param prefix what names start with; may be empty
   * @param after only names greater than this; may be empty
   * @param limit at most this many, 1 to 1,000
   */
  public NamespacePage list(String prefix, String after, int limit) {
    return catalogue.list(prefix, after, limit);
  }

  /**
   * Reads every object of a namespace and checks every checksum and invariant, also of one that is
   * too damaged to be opened.
   *
   * @param progress receives the number of bytes checked so far
   * @throws io.elacsym.api.ElacsymException {@code NOT_FOUND} when there is none
   */
  public VerifyReport verify(String name, LongConsumer progress) {
    return new Verifier(namespaceContext(name), progress).verify();
  }

  /**
   * The versions of a namespace that are kept, oldest first; the last one is how it is now.
   *
   * @throws io.elacsym.api.ElacsymException {@code NOT_FOUND} when there is no such namespace
   */
  public List<NamespaceVersion> history(String name) {
    NamespaceContext namespace = namespaceContext(name);
    return new KeptVersions(namespace).list(namespace.manifest().readActive().content());
  }

  /**
   * The version of a namespace that was the newest one at a time.
   *
   * @throws io.elacsym.api.ElacsymException {@code NOT_FOUND} when there is no such namespace, or
   *     when every version that is kept is younger: then the message says how old the oldest is
   */
  public NamespaceVersion versionAt(String name, Instant time) {
    NamespaceContext namespace = namespaceContext(name);
    return new KeptVersions(namespace).newestAt(namespace.manifest().readActive().content(), time);
  }

  /**
   * Brings back a version of a namespace. What was written since, and what no flush had stored by
   * then, is gone afterwards; the versions that had it are kept as any other, so a restore can be
   * undone by another one. Also for a namespace that does not open any more.
   *
   * @return the new version, which is as the old one was
   * @throws io.elacsym.api.ElacsymException {@code NOT_FOUND} when that version is not kept, {@code
   *     CORRUPT} when it has lost an object, {@code CONFLICT} when another process interferes; in
   *     each case nothing is changed
   */
  public long restore(String name, long version) {
    return lives.restore(name, version);
  }

  /**
   * Makes a namespace that begins with the content of another one, at once and without copying:
   * both use the same objects until they are written anew. A namespace with branches cannot be
   * dropped.
   *
   * @param version which version of the source; empty for everything that was written before
   * @throws io.elacsym.api.ElacsymException {@code CONFLICT} when the branch exists, {@code
   *     NOT_FOUND} when the source or its version does not
   */
  public Namespace branch(String source, String branch, Optional<Long> version) {
    return lives.branch(source, branch, version);
  }

  /**
   * Copies a namespace, as it is at one moment and with what is not flushed, to another storage or
   * name. The copy is a namespace like any other; copying again to the same place copies what is
   * new. Neither stops nor fences whoever writes to the namespace.
   *
   * @param target settings whose storage receives the copy
   * @param targetName the namespace's name there
   * @param progress receives the number of bytes copied so far
   * @throws io.elacsym.api.ElacsymException {@code CONFLICT} when there is something else under
   *     that name
   */
  public BackupReport backup(
      String name, EngineSettings target, String targetName, LongConsumer progress) {
    NamespaceContext namespace = namespaceContext(name);
    Catalogue.check(targetName);
    return context.withStorageOf(
        target, storage -> new Backup(namespace, storage, targetName, progress).run());
  }

  /**
   * Makes a namespace open again whose manifest is damaged or gone, from the newest copy of it.
   *
   * @param forgetLost also give up segments whose documents are missing or damaged
   * @param progress receives the number of bytes checked so far
   * @throws io.elacsym.api.ElacsymException {@code NOT_FOUND} when there is no copy
   */
  public RepairReport repair(String name, boolean forgetLost, LongConsumer progress) {
    return lives.repair(name, forgetLost, progress);
  }

  /**
   * How many namespaces there are, as counted a few seconds ago at most. A count takes one request
   * to the storage for each thousand namespaces, one for each thousand that have ended lately, and
   * one for each name that has ended lately.
   */
  public int count() {
    return catalogue.count();
  }

  /**
   * How many namespaces there were when they were last counted; empty before the first time. Does
   * not wait for the storage: when the count is old, a new one is begun in the background.
   */
  public Optional<NamespaceTotal> knownCount() {
    return catalogue.knownCount();
  }

  /** Since when the storage has not answered; empty while it answers. Sends no request. */
  public Optional<Instant> storageOutage() {
    return context.watch().outage();
  }

  /** How many open namespaces have work in the background that fails; see their statistics. */
  public int troubledNamespaces() {
    return housekeeping.troubled();
  }

  /**
   * What plugins have done wrong since this engine was opened; each plugin, also without faults.
   */
  public List<PluginFaults> pluginFaults() {
    return context.plugins().watch().faults();
  }

  /**
   * What keeps work under a deadline from ending, in words for its caller: a plugin that has not
   * come back. Empty when it is none.
   */
  public Optional<String> heldUpBy(Deadline deadline) {
    return context.plugins().watch().calls().holding(deadline);
  }

  /**
   * Says in the log which plugins do not come back, and lets other work in the background go on
   * beside them. To be called about once a second.
   */
  public void tellOverduePlugins() {
    context.plugins().watch().calls().tellOverdue(context.turns()::giveAway);
  }

  /** What this engine has done since it was opened. */
  public EngineCounters counters() {
    return context.counters().read();
  }

  /**
   * The requests that the storage plugin has sent since the storage was opened; no counts when the
   * plugin does not count them.
   */
  public StorageStatistics storageStatistics() {
    return context.storage().statistics();
  }

  public CacheStats memoryCache() {
    return context.memoryCache();
  }

  /** Look-ups of decoded documents. Their bytes count as held, see {@link #heldBytes}. */
  public CacheStats documentCache() {
    return context.documentCache();
  }

  public CacheStats diskCache() {
    return context.diskCache();
  }

  /**
   * Bytes in memory that open segments hold besides the memory cache: ids, directories, indexes
   * that are loaded whole. The cache may hold that many bytes less, because one bound covers both.
   */
  public long heldBytes() {
    return context.heldBytes();
  }

  /** What processes on this storage tell each other of themselves. */
  public Notices notices() {
    return new Notices(context.storage());
  }

  /**
   * Whether several processes can work on this storage at once. Where they cannot, there is no
   * cluster.
   */
  public boolean storageIsShared() {
    return context.storage().capabilities().shared();
  }

  /** The namespaces that this process has open, in the order of their names. */
  public List<NamespaceUse> uses() {
    return open.uses();
  }

  /**
   * The node that writes a namespace, as far as is known here: from memory if the namespace is
   * open, else by one request. Empty when nobody of a cluster does.
   *
   * @throws io.elacsym.api.ElacsymException {@code NOT_FOUND} when there is no such namespace
   */
  public Optional<String> recordedWriter(String name) {
    return open.recordedWriter(name);
  }

  /**
   * Ceases to write a namespace, once the commit under way is done, so that another process can
   * take it over without a fight. What is not flushed stays in the WAL. Does nothing where this
   * process is not the writer; it may become that again.
   */
  public void resign(String name) {
    open.resign(name);
  }

  /**
   * Flushes every namespace that this process writes to, side by side, for the given time at most.
   * A process that stops in good order calls this before it closes the engine. Writes that are not
   * flushed by then are not lost: they stay in the WAL.
   *
   * @return namespaces that still have writes which only the WAL has
   */
  public List<String> flushAll(Duration atMost) {
    return housekeeping.flushAll(atMost);
  }

  /**
   * Flushes nothing and loses nothing: every acknowledged write is in the WAL already. Call {@link
   * #flushAll} before it, so that no write is in the WAL alone.
   */
  @Override
  public void close() {
    if (context.stop()) {
      open.close();
      context.close();
    }
  }

  private NamespaceContext namespaceContext(String name) {
    Catalogue.check(name);
    return context.namespace(name);
  }
}
