package io.elacsym.engine.simulation.model;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.engine.simulation.model.Write.End;
import io.elacsym.engine.simulation.model.Write.Landing;
import io.elacsym.engine.simulation.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What clients have sent and were told, against what is in the bucket. The promises: an
 * acknowledged write has taken effect, once; a refused one never does; one in doubt does wholly, or
 * not at all.
 */
public final class Ledger {
  private final World world;
  private final Coverage coverage;
  private final List<Write> writes = new ArrayList<>();
  private final Map<String, NamespaceModel> namespaces = new HashMap<>();

  public Ledger(World world, Coverage coverage) {
    this.world = world;
    this.coverage = coverage;
  }

  NamespaceModel namespace(String name) {
    return namespaces.computeIfAbsent(name, n -> new NamespaceModel(world, coverage, n, this));
  }

  Optional<Write> write(long number) {
    return number >= 0 && number < writes.size()
        ? Optional.of(writes.get((int) number))
        : Optional.empty();
  }

  /** What is known of a namespace's manifest. */
  public Optional<Manifest> manifest(String namespace) {
    return namespace(namespace).manifest();
  }

  /** Whether one and the same life of the namespace has gone on since then. */
  public boolean isSteadySince(String namespace, Instant then) {
    return namespace(namespace).isSteadySince(then);
  }

  /** Whether the namespace was there at some moment since then. */
  public boolean livedSince(String namespace, Instant then) {
    return namespace(namespace).lives().stream().anyMatch(life -> life.livedAfter(then));
  }

  /** Whether what came too late may have been taken for a namespace since then. */
  public boolean mayHaveLookedAliveSince(String namespace, Instant then) {
    return namespace(namespace).mayHaveLookedAliveSince(then);
  }

  public boolean isAlive(String namespace) {
    return namespace(namespace).life().isPresent();
  }

  /** A client was told that an earlier version was brought back. */
  public void restored(String namespace, Instant since) {
    NamespaceModel model = namespace(namespace);
    if (!model.mayHaveShrunkSince(since)) {
      world.fail("namespace " + namespace + " was restored and has not changed");
    }
    // Whatever came after it includes it.
    model.life().filter(life -> life.hasLivedSince(since)).ifPresent(Life::acknowledgeRestore);
  }

  /** A client was told that a branch was made of what its source held. */
  public void branched(String source, String branch, Reading reading, Instant since) {
    List<Life> made =
        namespace(branch).lives().stream()
            .filter(life -> life.wasBranchedSince(source, since))
            .toList();
    if (made.isEmpty()) {
      world.fail("branch " + branch + " was made and is not there");
    } else {
      reading.foundOneOf(made);
    }
  }

  /** A client was told that an attribute can be used. */
  public void declared(String namespace, Instant since, String attribute) {
    namespace(namespace)
        .life()
        .filter(life -> life.hasLivedSince(since) && !life.wasRestoredSince(since))
        .ifPresent(life -> life.declare(attribute));
  }

  /** Attributes that can be used in the life that goes on now, besides those it was born with. */
  public SortedSet<String> attributes(String namespace) {
    return namespace(namespace).life().map(Life::declared).orElse(Collections.emptySortedSet());
  }

  /** The number that the next write will get. */
  public long nextWrite() {
    return writes.size();
  }

  /** A client is about to send a write. */
  public Write send(String namespace, List<WriteOp> operations) {
    Write write = new Write(writes.size(), namespace, world.now(), operations);
    writes.add(write);
    return write;
  }

  /** The client was told that its write is durable and visible. */
  public void acknowledged(Write write, WriteResult result, Session session) {
    write.end(End.ACKNOWLEDGED);
    coverage.saw("write acknowledged");
    Optional<Landing> landing = write.landing();
    if (landing.isEmpty()) {
      world.fail(write + " was acknowledged and is nowhere");
      return;
    }
    Landing landed = landing.get();
    WriteResult expected = landed.effect().result(landed.sequence());
    if (!result.equals(expected)) {
      world.fail(write + " was answered with " + result + ", but did " + expected);
    }
    landed.life().acknowledge(landed.moment());
    session.show(landed.life(), landed.moment());
  }

  /** The client was told of a failure. */
  public void failed(Write write, ElacsymException e) {
    boolean ended = write.landing().filter(landing -> !landing.life().isAlive()).isPresent();
    switch (e.kind()) {
      case UNAVAILABLE -> inDoubt(write);
      case CONFLICT -> refused(write);
      case NOT_FOUND -> {
        if (isSteadySince(write.namespace(), write.sent())) {
          world.fail(write + " did not find the namespace, which was there: " + e.getMessage());
        } else if (!ended) {
          refused(write);
        }
      }
      case INVALID_REQUEST -> {
        if (!namespace(write.namespace()).mayHaveShrunkSince(write.sent())) {
          world.fail(write + " is right and was called wrong: " + e.getMessage());
        }
        refused(write);
      }
      default -> world.fail(write + " failed with " + e.kind() + ": " + e.getMessage());
    }
  }

  private void refused(Write write) {
    write.end(End.REFUSED);
    coverage.saw("write refused");
    if (write.landing().isPresent()) {
      world.fail(write + " has taken effect");
    }
  }

  /** The client waits no longer; if it was told nothing, nobody knows. */
  public void ended(Write write) {
    if (write.end() == End.OPEN) {
      inDoubt(write);
    }
  }

  private void inDoubt(Write write) {
    write.end(End.IN_DOUBT);
    coverage.saw(write.landing().isPresent() ? "write in doubt, stored" : "write in doubt");
  }

  /** A client begins to read. */
  public Reading read(String namespace, Consistency consistency, Session session) {
    return new Reading(world, coverage, namespace(namespace), consistency, session);
  }

  /** The last entry of the namespace's WAL. */
  public long lastEntry(String namespace) {
    return namespace(namespace).lastSequence();
  }

  /** How many documents the namespace has now. */
  public long documents(String namespace) {
    return namespace(namespace).life().map(life -> life.latest().rows().size()).orElse(0);
  }

  /** Whether a failure of something other than a write or a read is in order. */
  public void failed(String what, String namespace, Instant since, ElacsymException e) {
    boolean allowed =
        switch (e.kind()) {
          case UNAVAILABLE, CONFLICT -> true;
          case NOT_FOUND -> !isSteadySince(namespace, since);
          default -> false;
        };
    if (!allowed) {
      world.fail(what + " " + namespace + " failed with " + e.kind() + ": " + e.getMessage());
    }
  }
}
