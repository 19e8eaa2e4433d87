package io.elacsym.engine.manifest;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One version of a namespace.
 *
 * @param life which life of the namespace it belongs to
 * @param commit the commit that made it
 * @param epoch counts writers that took over, from 0
 * @param writer the node that took over last; empty when that was none of a cluster
 * @param walBegin the number that the first entry of this life's WAL has
 * @param walFloor entries of the WAL below it are in segments, or dead
 * @param walLast the last entry of the WAL that was known to be stored when this version was made,
 *     else the number before the first
 * @param historyFrom the oldest version that can be restored: what it and later ones use is kept
 * @param content what it holds
 * @param garbage objects no longer used, to be deleted when nothing can need them any more
 * @param branches namespaces that use objects of this one
 */
public record Manifest(
    Life life,
    Commit commit,
    long epoch,
    Optional<String> writer,
    long walBegin,
    long walFloor,
    long walLast,
    long historyFrom,
    Content content,
    List<Garbage> garbage,
    List<Branch> branches) {

  /**
   * How long a request to delete the manifest may still take effect. It is part of the format,
   * because every process must wait for as long.
   */
  private static final Duration PURGE_TIME = Duration.ofMinutes(1);

  public Manifest {
    garbage = List.copyOf(garbage);
    branches = List.copyOf(branches);
  }

  /**
   * The first version of a life.
   *
   * @param before the last version of the life before, if there was one: versions, epochs and
   *     entries of the WAL are counted on, so that what is left of it can never count again
   */
  public static Manifest first(
      Life life, Optional<Manifest> before, String commitId, Content content) {
    long version = before.map(Manifest::version).orElse(0L) + 1;
    long floor = before.map(Manifest::walFloor).orElse(1L);
    return new Manifest(
        life,
        new Commit(version, commitId, life.createdAt(), Optional.empty(), false),
        before.map(Manifest::epoch).orElse(0L),
        Optional.empty(),
        floor,
        floor,
        floor - 1,
        version,
        content,
        List.of(),
        List.of());
  }

  public String incarnation() {
    return life.incarnation();
  }

  public Life.Stage stage() {
    return life.stage();
  }

  public boolean isActive() {
    return life.stage() == Life.Stage.ACTIVE;
  }

  public long version() {
    return commit.version();
  }

  public String commitId() {
    return commit.id();
  }

  public Schema schema() {
    return content.schema();
  }

  public Optional<DocId.Kind> idKind() {
    return content.idKind();
  }

  public List<SegmentEntry> segments() {
    return content.segments();
  }

  /** Names of every object that this version uses or has yet to delete. */
  public Set<String> accountedNames() {
    Set<String> names =
        garbage.stream().map(Garbage::name).collect(Collectors.toCollection(HashSet::new));
    names.addAll(content.names());
    return names;
  }

  /** Whether a version of this life has all its objects still. */
  public boolean canRestore(long version) {
    return version >= historyFrom && version <= version();
  }

  public Manifest withStage(Life.Stage newStage) {
    return copy(
        life.as(newStage), epoch, walFloor, walLast, historyFrom, content, garbage, branches);
  }

  /**
   * The same version with the next epoch, begun by a node of a cluster or by nobody in particular.
   */
  public Manifest takenOver(Optional<String> by) {
    return new Manifest(
        life,
        commit,
        epoch + 1,
        by,
        walBegin,
        walFloor,
        walLast,
        historyFrom,
        content,
        garbage,
        branches);
  }

  public Manifest withEpoch(long newEpoch) {
    return copy(life, newEpoch, walFloor, walLast, historyFrom, content, garbage, branches);
  }

  /**
   * The node that writes now, as far as a manifest can tell: empty when it has said farewell, or is
   * none of a cluster.
   */
  public Optional<String> activeWriter() {
    return commit.farewell() ? Optional.empty() : writer;
  }

  public Manifest withFloor(long newFloor) {
    return copy(life, epoch, newFloor, walLast, historyFrom, content, garbage, branches);
  }

  /**
   * The same version with the knowledge that this entry of the WAL, and so each one before it, is
   * stored.
   */
  public Manifest knowing(long sequence) {
    long last = Math.max(walLast, sequence);
    return copy(life, epoch, walFloor, last, historyFrom, content, garbage, branches);
  }

  /**
   * The first entry of the WAL that must be there, as must be all behind it up to {@link #walLast}.
   * It is the last dead entry, which is never deleted, if there was one in this life, or else the
   * first entry of this life.
   */
  public long walFirst() {
    return Math.max(walBegin, walFloor - 1);
  }

  public Manifest withHistoryFrom(long oldest) {
    return copy(life, epoch, walFloor, walLast, oldest, content, garbage, branches);
  }

  public Manifest withContent(Content newContent) {
    return copy(life, epoch, walFloor, walLast, historyFrom, newContent, garbage, branches);
  }

  public Manifest withGarbage(List<Garbage> newGarbage) {
    return copy(life, epoch, walFloor, walLast, historyFrom, content, newGarbage, branches);
  }

  public Manifest withBranches(List<Branch> newBranches) {
    return copy(life, epoch, walFloor, walLast, historyFrom, content, garbage, newBranches);
  }

  /** This life as dropped: it has no content, and no entry of its WAL counts. */
  public Manifest asDropped(long newFloor) {
    return copy(
        life.as(Life.Stage.DROPPED),
        epoch,
        newFloor,
        walLast,
        historyFrom,
        Content.empty(schema()),
        List.of(),
        List.of());
  }

  /**
   * This version as one that announces a purge: the manifest itself may be deleted from this
   * version's commit on, until {@link #purgedUntil}.
   */
  public Manifest asPurging() {
    return withStage(Life.Stage.PURGING);
  }

  /** When, by the storage's clock, a manifest that is being purged can be deleted no more. */
  public Instant purgedUntil() {
    return commit.at().plus(PURGE_TIME);
  }

  /** Whether this life has ended, and a new one may take its place. */
  public boolean isOver() {
    return life.stage() == Life.Stage.DROPPED || life.stage() == Life.Stage.PURGING;
  }

  /**
   * Makes a changed manifest the successor of {@code before}. What that one used and this one does
   * not is garbage from now on, and so is the WAL below a floor that has risen: whoever changes a
   * manifest cannot forget an object.
   */
  public Manifest committed(Manifest before, String id, Instant now) {
    return succeeding(before, now).stamped(before.commit.next(id, now, Optional.empty()));
  }

  /** As {@link #committed}, by a commit that brings back the content of an earlier version. */
  public Manifest restored(Manifest before, String id, Instant now, long version) {
    return succeeding(before, now).stamped(before.commit.next(id, now, Optional.of(version)));
  }

  private Manifest succeeding(Manifest before, Instant now) {
    if (isOver()) {
      // Whatever lies in the folder of a life that is over is deleted, named or not.
      return this;
    }
    List<Garbage> next = new ArrayList<>(unusedSince(before, now));
    if (walFloor > before.walFloor) {
      next.add(before.dropped(ObjectNames.walUpTo(walFloor - 1, incarnation()), now));
    }
    return withGarbage(next);
  }

  /**
   * The garbage of this version and every object that {@code before} used, as far as this version
   * does not use it.
   */
  public List<Garbage> unusedSince(Manifest before, Instant now) {
    Set<String> used = content.names();
    return Stream.concat(
            garbage.stream(), before.content.blobs().map(blob -> before.dropped(blob.name(), now)))
        .filter(item -> !used.contains(item.name()))
        .toList();
  }

  /** An object that the next version ceases to use. */
  private Garbage dropped(String name, Instant now) {
    return new Garbage(name, now, version() + 1);
  }

  /** The same version counted anew, where the one before it is not known. */
  public Manifest recounted(long version, String id, Instant now) {
    return stamped(new Commit(version, id, now, Optional.empty(), false));
  }

  /** The same version, by a writer that has flushed everything and stops with it. */
  public Manifest asFarewell() {
    return stamped(commit.last());
  }

  private Manifest stamped(Commit next) {
    return new Manifest(
        life,
        next,
        epoch,
        writer,
        walBegin,
        walFloor,
        walLast,
        historyFrom,
        content,
        garbage,
        branches);
  }

  private Manifest copy(
      Life newLife,
      long newEpoch,
      long newFloor,
      long newLast,
      long newHistoryFrom,
      Content newContent,
      List<Garbage> newGarbage,
      List<Branch> newBranches) {
    return new Manifest(
        newLife,
        commit,
        newEpoch,
        writer,
        walBegin,
        newFloor,
        newLast,
        newHistoryFrom,
        newContent,
        newGarbage,
        newBranches);
  }
}
