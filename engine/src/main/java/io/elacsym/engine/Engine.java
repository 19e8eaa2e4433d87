package io.elacsym.engine;

import io.elacsym.engine.model.CacheStats;
import io.elacsym.engine.model.EngineCounters;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.NamespacePage;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.VerifyReport;
import io.elacsym.engine.namespace.Namespaces;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.engine.settings.Seams;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * The database. Safe for use by many threads; calls block and are made from virtual threads.
 *
 * <p>Opening an engine reads nothing: a namespace is opened by the first call that names it, and
 * any process may open any namespace at any time.
 */
public final class Engine implements AutoCloseable {
  private final Namespaces namespaces;

  private Engine(Namespaces namespaces) {
    this.namespaces = namespaces;
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
    return new Engine(Namespaces.open(settings, providers, seams));
  }

  /**
   * Creates a namespace.
   *
   * @param name 1 to 128 letters, digits, {@code _}, {@code -} and {@code .}
   * @throws io.elacsym.api.ElacsymException {@code CONFLICT} when it exists
   */
  public Namespace create(String name, Schema schema) {
    return namespaces.create(name, schema);
  }

  /**
   * Opens a namespace, or gives the one already open.
   *
   * @throws io.elacsym.api.ElacsymException {@code NOT_FOUND} when there is none
   */
  public Namespace namespace(String name) {
    return namespaces.open(name);
  }

  /**
   * Answers a query as {@link Namespace#query} does, and opens the namespace for it if it is not
   * open: all in few waves of requests, because what the query needs is read while opening. The
   * result's cost includes the opening.
   *
   * @param request made from the namespace's schema
   * @throws io.elacsym.api.ElacsymException {@code NOT_FOUND} when there is no such namespace
   */
  public QueryResult query(String name, Function<Schema, QueryRequest> request) {
    return namespaces.query(name, request);
  }

  /**
   * Deletes a namespace with all it holds; the name can be used again at once.
   *
   * @throws io.elacsym.api.ElacsymException {@code NOT_FOUND} when there is none
   */
  public void drop(String name) {
    namespaces.drop(name);
  }

  /**
   * Lists namespaces in the order of their objects: by name, where the end of a name counts as '/'.
   *
   * @param prefix what names start with; may be empty
   * @param after only names greater than this; may be empty
   * @param limit at most this many, 1 to 1,000
   */
  public NamespacePage list(String prefix, String after, int limit) {
    return namespaces.list(prefix, after, limit);
  }

  /**
   * Reads every object of a namespace and checks every checksum and invariant, also of one that is
   * too damaged to be opened.
   *
   * @param progress receives the number of bytes checked so far
   * @throws io.elacsym.api.ElacsymException {@code NOT_FOUND} when there is none
   */
  public VerifyReport verify(String name, LongConsumer progress) {
    return namespaces.verify(name, progress);
  }

  /** How many namespaces there are; at most a few seconds old. */
  public int count() {
    return namespaces.count();
  }

  /** What this engine has done since it was opened. */
  public EngineCounters counters() {
    return namespaces.counters();
  }

  public CacheStats memoryCache() {
    return namespaces.memoryCache();
  }

  public CacheStats diskCache() {
    return namespaces.diskCache();
  }

  /**
   * Bytes in memory that open segments hold besides the memory cache: ids, directories, indexes
   * that are loaded whole. The cache has so much less to fill.
   */
  public long heldBytes() {
    return namespaces.heldBytes();
  }

  /** Flushes nothing and loses nothing: every acknowledged write is in the WAL already. */
  @Override
  public void close() {
    namespaces.close();
  }
}
