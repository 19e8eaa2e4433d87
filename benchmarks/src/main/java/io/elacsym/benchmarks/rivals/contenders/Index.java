package io.elacsym.benchmarks.rivals.contenders;

import io.elacsym.benchmarks.sets.VectorSet;
import java.util.BitSet;
import java.util.Optional;

/** An index of this process. */
interface Index extends AutoCloseable {
  /** Builds it on one thread. */
  void build(VectorSet set) throws Exception;

  /** What searches need, in bytes. */
  long bytes() throws Exception;

  /** Takes a filter for the searchers made from here on. */
  void accept(Optional<BitSet> items) throws Exception;

  /** A searcher for one thread. Many may search at once. */
  Searcher searcher() throws Exception;

  /** Finds the items nearest to a query, as far as it does. */
  interface Searcher {
    int[] search(float[] query, int k, Setting setting) throws Exception;
  }

  @Override
  void close() throws Exception;
}
