package io.elacsym.benchmarks.rivals.contenders;

import io.elacsym.benchmarks.sets.VectorSet;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** An index that takes part. For one thread. */
public interface Contender extends AutoCloseable {
  String name();

  /** Whether it is one of our plugins, with which the others are compared. */
  boolean isOurs();

  /** How it is built, for people: what differs from its defaults, or is worth knowing. */
  String parameters();

  /** What to try, from fast to thorough. */
  List<Setting> settings();

  /** Builds the index on one thread; returns once it can be searched. */
  Built build(VectorSet set) throws Exception;

  /**
   * Takes a filter for the searches that follow, or none. Preparing it does not count as searching.
   *
   * @return whether the contender can search with it
   */
  boolean accept(Optional<BitSet> items) throws Exception;

  /**
   * Asks queries of the set one by one on one thread.
   *
   * @param queries their numbers
   */
  Found search(Setting setting, int[] queries, int k) throws Exception;

  /**
   * Queries answered a second, on the clock, when several clients ask all of them at once; empty
   * when the contender cannot do that.
   */
  OptionalDouble throughput(Setting setting, int[] queries, int k, int clients) throws Exception;

  @Override
  void close() throws Exception;
}
