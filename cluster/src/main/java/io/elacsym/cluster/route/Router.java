package io.elacsym.cluster.route;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.cluster.member.Member;
import io.elacsym.cluster.member.MemberView;
import io.elacsym.cluster.member.Membership;
import io.elacsym.cluster.member.NodeReport;
import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.engine.model.WrittenElsewhere;
import io.elacsym.engine.settings.Succession;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides which node serves a request, and whether this one may become a writer. All that it knows
 * is a hint: two routers may believe different things, and then a request takes longer. Safe for
 * use by many threads.
 */
public final class Router implements Succession {
  /** How long a node may take over what another one has insisted that it serves. */
  private static final Duration GRANTED = Duration.ofSeconds(10);

  /** How long a node leaves alone what it has handed over, unless the other is gone. */
  private static final Duration GIVEN = Duration.ofMinutes(1);

  /** How long a writer that was met is remembered without being met again. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private static final int MOST_REMEMBERED = 100_000;

  private final Membership membership;

  /** This node among the others; nothing is sent to its address. */
  private final Member me;

  private final int replicas;
  private final InstantSource clock;
  private final RouteCounters counters = new RouteCounters();

  /** Who has served changes of a namespace last. */
  private final Cache<String, String> writers = cache(REMEMBERED);

  private final Cache<String, Instant> granted = cache(GRANTED);
  private final Cache<String, String> given = cache(GIVEN);

  public Router(ClusterSettings settings, Membership membership, InstantSource clock) {
    this.membership = membership;
    this.me =
        new Member(settings.node().id(), URI.create("http://localhost"), settings.node().role());
    this.replicas = settings.replicas();
    this.clock = clock;
  }

  private <V> Cache<String, V> cache(Duration age) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_REMEMBERED)
        .expireAfterWrite(age)
        .ticker(this::nanos)
        // On the caller's thread: the simulation has no others.
        .executor(Runnable::run)
        .build();
  }

  private long nanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /** What was done so far. */
  public RouteCounters.Values counters() {
    return counters.read();
  }

  private boolean isMe(Member node) {
    return node.id().equals(me.id());
  }

  /** Those who may write a namespace now, the one that should at the front; may be empty. */
  private List<Member> indexers(String namespace) {
    return Rendezvous.rank(namespace, indexers());
  }

  private List<Member> indexers() {
    List<Member> all = new ArrayList<>();
    membership.live().stream().filter(node -> node.role().writes()).forEach(all::add);
    // A node that leaves goes on only where nobody else is.
    if (membership.self().role().writes() && (all.isEmpty() || !membership.isLeaving())) {
      all.add(me);
    }
    return all;
  }

  /**
   * Brings a request that changes a namespace, or asks its writer, to the node that should serve
   * it.
   *
   * @throws ElacsymException as the errand does; {@code UNAVAILABLE} when nobody can serve it, or
   *     when nobody knows whether somebody has; with a {@link WrittenElsewhere} when it was
   *     forwarded to this node and should go to another one
   */
  public <A> A change(String namespace, Arrival arrival, Errand<A> errand) {
    return switch (arrival) {
      case INSISTED -> served(namespace, true, errand);
      case FORWARDED -> {
        Optional<Member> better = better(namespace, errand);
        if (better.isPresent()) {
          throw WrittenElsewhere.of(namespace, better.map(Member::id));
        }
        yield errand.here();
      }
      case FROM_CLIENT -> brought(namespace, errand);
    };
  }

  /** Another node than this one that should serve a change which has come here. */
  private Optional<Member> better(String namespace, Errand<?> errand) {
    return better(namespace, errand.recordedWriter());
  }

  private Optional<Member> better(String namespace, Optional<String> writer) {
    List<Member> ranked = indexers(namespace);
    return successor(namespace)
        .or(() -> writer.flatMap(id -> byId(ranked, id)))
        .or(() -> ranked.stream().findFirst())
        .filter(node -> !isMe(node));
  }

  private static Optional<Member> byId(List<Member> nodes, String id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
  }

  private <A> A brought(String namespace, Errand<A> errand) {
    Attempts attempts = new Attempts();
    Optional<Member> next = first(namespace);
    while (next.isPresent()) {
      Member node = next.get();
      attempts.begin(node);
      Optional<String> better;
      if (isMe(node)) {
        Optional<Member> other =
            attempts.insisting() ? Optional.empty() : better(namespace, errand);
        if (other.isEmpty()) {
          try {
            return served(namespace, attempts.insisting(), errand);
          } catch (ElacsymException e) {
            Optional<WrittenElsewhere> elsewhere = WrittenElsewhere.in(e);
            if (elsewhere.isEmpty()) {
              throw e;
            }
            attempts.failed("this node: " + e.getMessage());
            better = elsewhere.get().node();
          }
        } else {
          better = other.map(Member::id);
          attempts.declined(node, "this node: " + better.orElse("another") + " should");
        }
      } else {
        Outcome<A> outcome = errand.send(node, attempts.insisting());
        counters.count(outcome);
        switch (outcome) {
          case Outcome.Answered<A>(A answer) -> {
            writers.put(namespace, node.id());
            return answer;
          }
          case Outcome.InDoubt<A>(String why) -> throw inDoubt(namespace, node, why);
          case Outcome.NotDone<A>(Optional<String> named, boolean gone, String why) -> {
            if (gone) {
              membership.unreachable(node, why);
              attempts.failed(node.id() + ": " + why);
            } else {
              attempts.declined(node, node.id() + ": " + why);
            }
            better = named;
          }
        }
      }
      next = errand.canSendAgain() ? attempts.next(better, indexers(namespace)) : Optional.empty();
    }
    writers.invalidate(namespace);
    throw new ElacsymException(
        ErrorKind.UNAVAILABLE,
        "namespace '"
            + namespace
            + "': no node could take this; nothing was done, try again ("
            + attempts.failures()
            + ")");
  }

  private <A> A served(String namespace, boolean insisted, Errand<A> errand) {
    if (insisted) {
      grant(namespace);
    }
    return errand.here();
  }

  private void grant(String namespace) {
    granted.put(namespace, clock.instant());
    given.invalidate(namespace);
  }

  private Optional<Member> first(String namespace) {
    List<Member> ranked = indexers(namespace);
    return Optional.ofNullable(writers.getIfPresent(namespace))
        .flatMap(id -> byId(ranked, id))
        .or(() -> ranked.stream().findFirst());
  }

  private static ElacsymException inDoubt(String namespace, Member node, String why) {
    return new ElacsymException(
        ErrorKind.UNAVAILABLE,
        "namespace '"
            + namespace
            + "': node '"
            + node.id()
            + "' did not say whether it has done this ("
            + why
            + "); it may have, and sending it again is safe where the request itself allows it");
  }

  /**
   * Brings a request that only reads to a node that has the namespace in its caches. Any node can
   * serve it, so that the last resort is this one.
   */
  public <A> A read(String namespace, Arrival arrival, Errand<A> errand) {
    if (arrival == Arrival.FROM_CLIENT) {
      for (Member node : readers(namespace)) {
        if (isMe(node)) {
          break;
        }
        Outcome<A> outcome = errand.send(node, true);
        counters.count(outcome);
        if (outcome instanceof Outcome.Answered<A>(A answer)) {
          return answer;
        }
        if (outcome instanceof Outcome.NotDone<A>(var _, boolean gone, String why) && gone) {
          membership.unreachable(node, why);
        }
        if (!errand.canSendAgain()) {
          throw new ElacsymException(
              ErrorKind.UNAVAILABLE,
              "namespace '" + namespace + "': node '" + node.id() + "' did not answer; try again");
        }
      }
    }
    return errand.here();
  }

  /** Those who should answer queries to a namespace, the one with least to do at the front. */
  private List<Member> readers(String namespace) {
    Map<String, Integer> load = new HashMap<>();
    List<Member> all = new ArrayList<>();
    for (MemberView view : membership.others()) {
      if (view.state().takesRequests() && view.member().role().answersQueries()) {
        all.add(view.member());
        load.put(view.member().id(), view.report().map(NodeReport::inFlight).orElse(0));
      }
    }
    if (membership.self().role().answersQueries()) {
      all.add(me);
    }
    if (all.isEmpty()) {
      // Nobody is there for queries alone: the writer has the namespace in memory anyway.
      return first(namespace).map(List::of).orElse(List.of());
    }
    List<Member> replicasOfIt = Rendezvous.rank(namespace, all).stream().limit(replicas).toList();
    if (replicasOfIt.stream().anyMatch(this::isMe)) {
      // A request that has come to one of them is there already.
      return List.of(me);
    }
    return replicasOfIt.stream()
        .sorted(Comparator.comparingInt(node -> load.getOrDefault(node.id(), 0)))
        .toList();
  }

  /**
   * Where a client should send a request of its own, if not here.
   *
   * @param changes whether the request changes the namespace
   * @param recordedWriter as of {@link Errand#recordedWriter}
   */
  public Optional<Member> elsewhere(
      String namespace, boolean changes, Supplier<Optional<String>> recordedWriter) {
    Optional<Member> node = changes ? first(namespace) : readers(namespace).stream().findFirst();
    if (node.isEmpty() || !isMe(node.get())) {
      return node;
    }
    List<Member> ranked = indexers(namespace);
    return changes
        ? recordedWriter.get().flatMap(id -> byId(ranked, id)).filter(n -> !isMe(n))
        : Optional.empty();
  }

  /** Who gets a namespace that this node gives away, as long as it is there to take it. */
  private Optional<Member> successor(String namespace) {
    List<Member> others = indexers(namespace).stream().filter(node -> !isMe(node)).toList();
    if (membership.isLeaving()) {
      return others.stream().findFirst();
    }
    return Optional.ofNullable(given.getIfPresent(namespace)).flatMap(id -> byId(others, id));
  }

  /**
   * Who should write namespaces which this node writes, as far as that is another one.
   *
   * @param namespaces that this node writes, thousands perhaps
   */
  public Map<String, Member> rightful(Collection<String> namespaces) {
    List<Member> all = indexers();
    Map<String, Member> others = new HashMap<>();
    for (String namespace : namespaces) {
      Rendezvous.first(namespace, all)
          .filter(node -> !isMe(node))
          .ifPresent(node -> others.put(namespace, node));
    }
    return others;
  }

  /** From now on this node leaves a namespace to another one. */
  public void give(String namespace, Member to) {
    given.put(namespace, to.id());
    writers.put(namespace, to.id());
    counters.handedOver();
  }

  @Override
  public Optional<String> self() {
    return Optional.of(membership.self().id());
  }

  @Override
  public Verdict mayTakeOver(String namespace, Optional<String> writer) {
    if (!membership.self().role().writes()) {
      return new Verdict.No(indexers(namespace).stream().findFirst().map(Member::id));
    }
    if (granted.getIfPresent(namespace) != null) {
      return new Verdict.Yes();
    }
    Optional<Member> other = better(namespace, writer);
    return other.isPresent() ? new Verdict.No(other.map(Member::id)) : new Verdict.Yes();
  }

  @Override
  public void tookOver(String namespace) {
    given.invalidate(namespace);
    counters.tookOver();
  }
}
