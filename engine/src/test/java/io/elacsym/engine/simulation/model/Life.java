package io.elacsym.engine.simulation.model;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One life of a namespace, and what it holds after each entry of its WAL. */
public final class Life {
  private final String incarnation;
  private final Instant born;
  private final NavigableMap<Long, Contents> after = new TreeMap<>();
  private final SortedSet<String> declared = new TreeSet<>();
  private Instant died = Instant.MAX;
  private long epoch;
  private long acknowledged;

  /**
   * @param before the last entry of the life before it, whose numbers go on
   */
  Life(String incarnation, Instant born, long before, long epoch) {
    this.incarnation = incarnation;
    this.born = born;
    this.epoch = epoch;
    this.acknowledged = before;
    after.put(before, Contents.EMPTY);
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

  Instant born() {
    return born;
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

  void add(long sequence, long entryEpoch, Contents contents) {
    epoch = entryEpoch;
    after.put(sequence, contents);
  }

  long last() {
    return after.lastKey();
  }

  Contents latest() {
    return after.lastEntry().getValue();
  }

  /** What it held at the time of an entry, and after each later one. */
  NavigableMap<Long, Contents> from(long sequence) {
    Long first = after.floorKey(sequence);
    return first == null ? after : after.tailMap(first, true);
  }

  void declare(String attribute) {
    declared.add(attribute);
  }

  SortedSet<String> declared() {
    return declared;
  }

  void acknowledge(long sequence) {
    acknowledged = Math.max(acknowledged, sequence);
  }

  /** The last entry that every strong read has to include from now on. */
  long acknowledged() {
    return acknowledged;
  }
}
