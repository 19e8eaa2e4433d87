package io.elacsym.engine.namespace;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.check.FilterCheck;
import io.elacsym.engine.check.QueryCheck;
import io.elacsym.engine.leaf.LeafCodec;
import io.elacsym.engine.leaf.LeafRequest;
import io.elacsym.engine.leaf.NamespaceLeaves;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.NamespaceUse;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.query.QueryNeeds;
import io.elacsym.engine.segment.Needs;
import io.elacsym.engine.task.Detached;
import io.elacsym.engine.task.Held;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.engine.writer.NamespaceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The namespaces that this process has open; each is opened by the first call that names it. Safe
 * for use by many threads.
 */
public final class OpenNamespaces {
  private final EngineContext engine;
  private final Map<String, OpenNamespace> open = new ConcurrentHashMap<>();
  private final Map<String, ReentrantLock> opening = new ConcurrentHashMap<>();
  private final NameLocks changes = new NameLocks();

  /** Unflushed bytes of all of them, as they were counted last, and what came since. */
  private final AtomicLong unflushedTotal = new AtomicLong();

  public OpenNamespaces(EngineContext engine) {
    this.engine = engine;
  }

  /** All that are open, as they are now. */
  Collection<OpenNamespace> all() {
    return open.values();
  }

  /** The counter of unflushed bytes, to which every open namespace adds what is written to it. */
  AtomicLong unflushedTotal() {
    return unflushedTotal;
  }

  /** Opens a namespace; see {@code Engine}. */
  public Namespace open(String name) {
    openNamespace(name, manifest -> Needs.NOTHING);
    return named(name);
  }

  /** A namespace by its name alone: each call goes to the life that has the name then. */
  Namespace named(String name) {
    return new NamedNamespace(this, name);
  }

  /**
   * Calls what is open under a name. That may be a life which another process has ended, and given
   * a successor since: then a call that found nothing is made again there.
   */
  <T> T onOpen(String name, Function<OpenNamespace, T> action) {
    OpenNamespace known = openNamespace(name, manifest -> Needs.NOTHING).namespace();
    try {
      return action.apply(known);
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.NOT_FOUND || !known.follower().isOver()) {
        throw e;
      }
      return action.apply(openNamespace(name, manifest -> Needs.NOTHING).namespace());
    }
  }

  /** Answers queries, opening the namespace if need be; see {@code Engine}. */
  public List<QueryResult> query(String name, List<QueryRequest> requests) {
    return ReadTrace.inside(trace -> {
      Opened opened = openNamespace(name, manifest -> needs(name, requests, manifest));
      if (opened.justNow()) {
        trace.opened();
        return opened.namespace().firstQueries(requests);
      }
      return onOpen(name, namespace -> namespace.query(requests));
    });
  }

  /**
   * Answers the question of another process about a segment; see {@code Engine}.
   *
   * @return a reply
   */
  public byte[] answerLeaf(String name, byte[] question) {
    LeafRequest request = LeafCodec.readRequest(question);
    return LeafCodec.writeReply(request, onOpen(name, known -> known.answerLeaf(request)));
  }

  /** A request that is wrong is refused before anything is opened for it. */
  private Needs needs(String name, List<QueryRequest> requests, Manifest manifest) {
    Schema schema = manifest.schema();
    for (QueryRequest request : requests) {
      QueryCheck.check(request, schema, Optional.empty());
      request.filter().ifPresent(filter -> FilterCheck.check(filter, schema, Optional.empty()));
    }
    // What leaves search is not opened here; the rest of it is, once it is known what they search.
    return NamespaceLeaves.areAsked(engine.seams().leaves(), name, manifest)
        ? Needs.NOTHING
        : QueryNeeds.of(requests);
  }

  /**
   * An open namespace.
   *
   * @param justNow whether this very call has opened it, so that it is as new as the call
   */
  private record Opened(OpenNamespace namespace, boolean justNow) {}

  /**
   * @param needs what is going to be asked of it, once its manifest is known; throws when that is
   *     wrong
   */
  private Opened openNamespace(String name, Function<Manifest, Needs> needs) {
    Catalogue.check(name);
    // Others wait for it, too, so opening goes on if this caller has no time left.
    return known(name).orElseGet(() -> Detached.call(() -> openedOnce(name, needs)));
  }

  private Opened openedOnce(String name, Function<Manifest, Needs> needs) {
    while (true) {
      Optional<Opened> known = known(name);
      if (known.isPresent()) {
        return known.get();
      }
      ReentrantLock lock = opening.computeIfAbsent(name, n -> new ReentrantLock());
      try (Held _ = Held.of(lock)) {
        try {
          // The attempt of another thread that this one waited for may have failed; then the lock
          // is no longer the one of this name, and others may have made a new one.
          if (lock.equals(opening.get(name))) {
            return known(name).orElseGet(() -> Deadline.without(() -> load(name, needs)));
          }
        } finally {
          // While the lock is held, lest a thread load under it and another under a new one.
          opening.remove(name, lock);
        }
      }
    }
  }

  private Optional<Opened> known(String name) {
    return Optional.ofNullable(open.get(name))
        .filter(known -> !known.follower().isOver())
        .map(known -> new Opened(known, false));
  }

  /** Opens a namespace; by one thread at a time, lest a process have it open twice. */
  private Opened load(String name, Function<Manifest, Needs> needs) {
    if (engine.isStopping()) {
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping");
    }
    NamespaceContext context = engine.namespace(name);
    Instant asked = context.now();
    Tagged<Manifest> manifest = context.manifest().readActive();
    OpenNamespace loaded =
        OpenNamespace.load(
            context, manifest, asked, needs.apply(manifest.content()), unflushedTotal);
    Optional.ofNullable(open.put(name, loaded)).ifPresent(OpenNamespace::giveUp);
    if (engine.isStopping()) {
      // The engine may have closed all open namespaces just before this one was among them.
      loaded.close();
    }
    return new Opened(loaded, true);
  }

  /** What is open; see {@code Engine}. */
  public List<NamespaceUse> uses() {
    return open.values().stream()
        .filter(namespace -> namespace.follower().isOpen())
        .map(OpenNamespace::use)
        .sorted(Comparator.comparing(NamespaceUse::name))
        .toList();
  }

  /** Who writes a namespace; see {@code Engine}. */
  public Optional<String> recordedWriter(String name) {
    Catalogue.check(name);
    Optional<Opened> known = known(name);
    if (known.isPresent()) {
      return known.get().namespace().follower().state().manifest().content().activeWriter();
    }
    return Detached.call(() -> engine.namespace(name).manifest().readActive())
        .content()
        .activeWriter();
  }

  /** Ceases to write a namespace; see {@code Engine}. */
  public void resign(String name) {
    known(name)
        .map(Opened::namespace)
        .filter(namespace -> namespace.writer().isWriter())
        .ifPresent(namespace -> namespace.writer().resign());
  }

  /** Runs an action while no other thread of this process runs one for the same name. */
  <T> T oneAtATime(String name, Supplier<T> action) {
    return changes.alone(name, action);
  }

  /** Runs an action that ends the life of a namespace. */
  public <T> T last(String name, Supplier<T> action) {
    Supplier<T> whole = () -> Deadline.whole(action);
    return oneAtATime(
        name, () -> known(name).map(known -> known.namespace().last(whole)).orElseGet(whole));
  }

  /**
   * Runs an action that changes a namespace from outside; nothing else in this process changes it
   * meanwhile.
   */
  public <T> T alone(String name, Supplier<T> action) {
    Supplier<T> whole = () -> Deadline.whole(action);
    return oneAtATime(
        name, () -> known(name).map(known -> known.namespace().alone(whole)).orElseGet(whole));
  }

  /**
   * Says that this process has ended a life of a namespace, so that the life is no longer open
   * here.
   */
  void ended(String name, String incarnation) {
    forget(name, known -> known.follower().incarnation().equals(incarnation));
  }

  /** A life has begun under a name: what is still open there is one that another has ended. */
  void born(String name, String incarnation) {
    forget(name, known -> !known.follower().incarnation().equals(incarnation));
  }

  private void forget(String name, Predicate<OpenNamespace> over) {
    Optional.ofNullable(open.get(name))
        .filter(over)
        .ifPresent(known -> {
          known.follower().ended();
          forget(known);
        });
  }

  void forget(OpenNamespace namespace) {
    open.remove(namespace.name(), namespace);
    namespace.giveUp();
  }

  /** Closes them all. */
  public void close() {
    open.values().forEach(OpenNamespace::close);
  }
}
