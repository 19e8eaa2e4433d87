package io.elacsym.engine.simulation.model;

import io.elacsym.engine.manifest.Life.Origin;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.simulation.model.Write.Landing;
import io.elacsym.engine.simulation.world.World;
import io.elacsym.engine.wal.WalEntry;
import io.elacsym.engine.wal.WalEntry.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a namespace is, by its definition: the entries of its WAL that count, one after the other,
 * whatever any process believes. Followed along as objects are stored.
 */
final class NamespaceModel {
  private final World world;
  private final Coverage coverage;
  private final String name;
  private final Ledger ledger;
  private final List<Life> lives = new ArrayList<>();

  /** What each version of the life that goes on has in its segments. */
  private final Map<Long, Contents> versions = new HashMap<>();

  private Optional<Manifest> manifest = Optional.empty();
  private long lastSequence;
  private boolean isPurged;
  private boolean looksAlive;
  private Instant lookedAlive = Instant.MIN;

  NamespaceModel(World world, Coverage coverage, String name, Ledger ledger) {
    this.world = world;
    this.coverage = coverage;
    this.name = name;
    this.ledger = ledger;
  }

  private void fail(String what) {
    world.fail("namespace " + name + ": " + what);
  }

  Optional<Manifest> manifest() {
    return manifest;
  }

  long lastSequence() {
    return lastSequence;
  }

  List<Life> lives() {
    return lives;
  }

  /** The life that goes on now. */
  Optional<Life> life() {
    return lives.isEmpty() ? Optional.empty() : Optional.of(lives.getLast()).filter(Life::isAlive);
  }

  /** Whether the schema may have lost attributes since then. */
  boolean mayHaveShrunkSince(Instant then) {
    return !isSteadySince(then) || life().filter(life -> life.wasRestoredSince(then)).isPresent();
  }

  /** Whether one and the same life has gone on since then. */
  boolean isSteadySince(Instant then) {
    return life().filter(life -> life.hasLivedSince(then)).isPresent();
  }

  /**
   * @param isMarked whether those who list namespaces will ask for it
   */
  void committed(Manifest next, boolean isMarked) {
    manifest.ifPresent(before -> checkSuccessor(before, next));
    if (next.isActive()) {
      looksAliveNoMore();
    } else if (next.stage() == io.elacsym.engine.manifest.Life.Stage.PREPARING && !isMarked) {
      coverage.saw("prepared long after it was marked");
      looksAlive = true;
    }
    if (next.isActive() && life().filter(life -> life.is(next.incarnation())).isEmpty()) {
      beBorn(next);
    }
    if (!next.isActive() && life().isPresent()) {
      coverage.saw("dropped");
      lives.getLast().end(world.now());
    }
    if (life().isPresent() && next.walFloor() > lastSequence + 1) {
      fail("the floor is " + next.walFloor() + ", but the last entry is " + lastSequence);
    }
    life().ifPresent(life -> follow(life, next));
    manifest = Optional.of(next);
  }

  /** The manifest is gone. */
  void purged() {
    coverage.saw("purged");
    life().ifPresent(life -> fail("its manifest was deleted while it was there"));
    manifest = Optional.empty();
    isPurged = true;
  }

  /** Some other object was stored. */
  void stored() {
    if (manifest.isEmpty()) {
      coverage.saw("stored after the purge");
      looksAlive = true;
    }
  }

  /** Nothing is left. */
  void emptied() {
    looksAliveNoMore();
  }

  private void looksAliveNoMore() {
    if (looksAlive) {
      looksAlive = false;
      lookedAlive = world.now();
    }
  }

  /**
   * Whether something that came after the purge, or after its marker was gone, may have been taken
   * for a namespace since then.
   */
  boolean mayHaveLookedAliveSince(Instant then) {
    return looksAlive || !lookedAlive.isBefore(then);
  }

  private void beBorn(Manifest first) {
    coverage.saw(
        lives.isEmpty() ? "created" : isPurged ? "created after a purge" : "created again");
    isPurged = false;
    life().ifPresent(life -> fail("it was created anew while it was there"));
    Contents contents = first.life().origin().map(this::contentsOf).orElse(Contents.EMPTY);
    lastSequence = first.walFloor() - 1;
    lives.add(new Life(first, world.now(), contents));
    versions.clear();
  }

  private Contents contentsOf(Origin origin) {
    coverage.saw("branched");
    return ledger.namespace(origin.namespace()).contentsOf(origin.version());
  }

  private Contents contentsOf(long version) {
    Contents contents = versions.get(version);
    if (contents == null) {
      fail("version " + version + " is used and never was there");
      return Contents.EMPTY;
    }
    return contents;
  }

  private void follow(Life life, Manifest next) {
    next.commit()
        .restored()
        .ifPresent(version -> {
          coverage.saw("restored");
          life.restore(contentsOf(version), next.schema().attributes().keySet(), world.now());
        });
    versions.put(next.version(), life.below(next.walFloor()));
  }

  private void checkSuccessor(Manifest before, Manifest next) {
    if (next.version() != before.version() + 1) {
      fail("version " + next.version() + " took the place of version " + before.version());
    }
    if (next.epoch() < before.epoch() || next.walFloor() < before.walFloor()) {
      fail("epoch or floor fell in version " + next.version());
    }
    if (next.epoch() > before.epoch()) {
      coverage.saw("takeover");
    }
    if (next.walFloor() > before.walFloor()) {
      coverage.saw("flush");
    } else if (next.segments().size() < before.segments().size()) {
      coverage.saw("compaction");
    } else if (next.garbage().size() < before.garbage().size()) {
      coverage.saw("garbage collected");
    } else if (isReindexed(before, next)) {
      coverage.saw("segment reindexed");
    }
    if (!next.schema().equals(before.schema())) {
      coverage.saw("schema changed");
    }
  }

  private static boolean isReindexed(Manifest before, Manifest next) {
    return before.segments().stream()
        .anyMatch(segment ->
            next.segments().stream()
                .anyMatch(now ->
                    now.id().equals(segment.id()) && !now.indexes().equals(segment.indexes())));
  }

  void appended(WalEntry entry) {
    long sequence = entry.sequence();
    if (lives.isEmpty()) {
      fail("it has a WAL entry and never was created");
      return;
    }
    if (manifest
        .filter(now -> now.isActive() && now.incarnation().equals(entry.incarnation()))
        .isEmpty()) {
      coverage.saw("entry of a life that is over");
      return;
    }
    if (sequence < manifest.get().walFloor()) {
      coverage.saw("entry stored below the floor");
      return;
    }
    if (sequence != lastSequence + 1) {
      fail("entry " + sequence + " was stored after entry " + lastSequence);
      return;
    }
    lastSequence = sequence;
    Optional<Life> life =
        life().filter(now -> now.is(entry.incarnation()) && now.accepts(entry.epoch()));
    if (life.isEmpty()) {
      coverage.saw("dead entry");
    } else {
      if (entry.epoch() > manifest.get().epoch()) {
        fail("entry " + sequence + " is of an epoch that has not begun");
      }
      apply(entry, life.get());
    }
  }

  private void apply(WalEntry entry, Life life) {
    Contents contents = life.latest();
    List<Part> parts = parts(entry);
    coverage.saw(
        switch (parts.size()) {
          case 0 -> "fence";
          case 1 -> "entry of one write";
          default -> "entry of several writes";
        });
    for (Part part : parts) {
      Optional<Write> write = ledger.write(part.write());
      if (write.isEmpty()) {
        fail("entry " + entry.sequence() + " has changes of nobody");
        return;
      }
      contents = land(write.get(), part, contents, new Place(life, entry.sequence()));
    }
    life.append(entry.sequence(), entry.epoch(), contents);
  }

  private record Place(Life life, long sequence) {}

  private Contents land(Write write, Part part, Contents before, Place place) {
    Contents.Effect effect = before.of(write.operations());
    if (!write.namespace().equals(name)) {
      fail("it got " + write);
    }
    if (write.landing().isPresent()) {
      fail(
          write
              + " took effect with entry "
              + write.landing().get().sequence()
              + " and again with entry "
              + place.sequence());
    }
    if (write.end() == Write.End.REFUSED) {
      fail(write + " took effect with entry " + place.sequence());
    }
    if (!effect.changed().equals(part.changed())) {
      fail(
          "entry "
              + place.sequence()
              + " has not what "
              + write
              + " means on what was there before; expected\n"
              + effect.changed()
              + "\nfound\n"
              + part.changed());
    }
    if (write.end() == Write.End.IN_DOUBT) {
      coverage.saw("write took effect after its client was told of doubt");
    }
    // All writes of an entry show at once: at the moment that the entry makes.
    write.land(new Landing(place.life(), place.sequence(), place.life().now() + 1, effect));
    return before.with(part.changed());
  }

  /** The changes of one write in an entry. */
  private record Part(long write, Map<DocId, Optional<Row>> changed) {}

  private List<Part> parts(WalEntry entry) {
    List<Part> parts = new ArrayList<>();
    for (Change change : entry.changes()) {
      Write.numberOf(change.id())
          .ifPresent(number -> parts.add(new Part(number, new LinkedHashMap<>())));
      if (parts.isEmpty()) {
        parts.add(new Part(-1, new LinkedHashMap<>()));
      }
      parts
          .getLast()
          .changed()
          .put(
              change.id(),
              change instanceof Change.Put put
                  ? Optional.of(Row.of(put.document()))
                  : Optional.empty());
    }
    return parts;
  }
}
