package io.elacsym.engine.simulation.model;

import io.elacsym.engine.manifest.Life.Origin;
import io.elacsym.engine.manifest.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One life of a namespace, and what it has held, moment by moment. */
final class Life {
  private final String incarnation;
  private final Instant born;
  private final Optional<String> source;
  private final List<Contents> moments = new ArrayList<>();

  /** What it held after each entry of its WAL. */
  private final NavigableMap<Long, Contents> after = new TreeMap<>();

  private final SortedSet<String> declared = new TreeSet<>();
  private Instant died = Instant.MAX;
  private Instant restored = Instant.MIN;
  private int restoredTo;
  private long epoch;
  private int acknowledged;

  /**
   * @param first its first version
   * @param contents what it begins with
   */
  Life(Manifest first, Instant born, Contents contents) {
    this.incarnation = first.incarnation();
    this.born = born;
    this.source = first.life().origin().map(Origin::namespace);
    this.epoch = first.epoch();
    moments.add(contents);
    after.put(first.walFloor() - 1, contents);
  }

  boolean is(String otherIncarnation) {
    return incarnation.equals(otherIncarnation);
  }

  boolean isAlive() {
    return died.equals(Instant.MAX);
  }

  void end(Instant at) {
    died = at;
  }

  /** Whether it was branched from a namespace, then or later. */
  boolean wasBranchedSince(String namespace, Instant then) {
    return source.filter(namespace::equals).isPresent() && !born.isBefore(then);
  }

  /** Whether it was alive at some moment from {@code from} on. */
  boolean livedAfter(Instant from) {
    return !died.isBefore(from);
  }

  /** Whether it has been alive from {@code from} until now. */
  boolean hasLivedSince(Instant from) {
    return isAlive() && !born.isAfter(from);
  }

  /** Whether an entry of this epoch counts: no later writer has put one before it. */
  boolean accepts(long entryEpoch) {
    return entryEpoch >= epoch;
  }

  /** An entry of the WAL has changed it. */
  void append(long sequence, long entryEpoch, Contents contents) {
    epoch = entryEpoch;
    moments.add(contents);
    after.put(sequence, contents);
  }

  /** An earlier version was brought back, behind the last entry of the WAL. */
  void restore(Contents contents, Set<String> attributes, Instant now) {
    moments.add(contents);
    after.put(after.lastKey(), contents);
    declared.retainAll(attributes);
    restored = now;
    restoredTo = now();
  }

  /** A client was told that an earlier version was brought back. */
  void acknowledgeRestore() {
    acknowledge(restoredTo);
  }

  /** Whether an earlier version was brought back since then. */
  boolean wasRestoredSince(Instant then) {
    return !restored.isBefore(then);
  }

  /** What it held when everything below a floor, and nothing else, had been written. */
  Contents below(long floor) {
    return after.lowerEntry(floor).getValue();
  }

  Contents latest() {
    return moments.getLast();
  }

  /** The number of its newest moment, from 0. */
  int now() {
    return moments.size() - 1;
  }

  Contents at(int moment) {
    return moments.get(moment);
  }

  List<Contents> from(int moment) {
    return Collections.unmodifiableList(moments.subList(moment, moments.size()));
  }

  /** A client was told of what happened at a moment. */
  void acknowledge(int moment) {
    acknowledged = Math.max(acknowledged, moment);
  }

  /** The earliest moment that a strong read may show from now on. */
  int acknowledged() {
    return acknowledged;
  }

  void declare(String attribute) {
    declared.add(attribute);
  }

  /** Attributes that were added and can be used. */
  SortedSet<String> declared() {
    return declared;
  }

  @Override
  public String toString() {
    return "life " + incarnation + " from " + born + (isAlive() ? "" : " to " + died);
  }
}
