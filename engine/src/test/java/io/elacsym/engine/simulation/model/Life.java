package io.elacsym.engine.simulation.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** One life of a namespace, and what it has held, moment by moment. */
final class Life {
  private final String incarnation;
  private final Instant born;
  private final List<Contents> moments = new ArrayList<>();
  private final SortedSet<String> declared = new TreeSet<>();
  private Instant died = Instant.MAX;
  private long epoch;
  private int acknowledged;

  /**
   * @param first what it begins with
   */
  Life(String incarnation, Instant born, long epoch, Contents first) {
    this.incarnation = incarnation;
    this.born = born;
    this.epoch = epoch;
    moments.add(first);
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
  void append(long entryEpoch, Contents contents) {
    epoch = entryEpoch;
    moments.add(contents);
  }

  /** It has another content now, by something else than the WAL. */
  void replace(Contents contents) {
    moments.add(contents);
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
