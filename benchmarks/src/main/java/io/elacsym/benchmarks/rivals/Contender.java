package io.elacsym.benchmarks.rivals;

import io.elacsym.benchmarks.measure.Vectors;
import java.util.List;
import java.util.function.IntPredicate;

/** An index that takes part. For one thread. */
interface Contender extends AutoCloseable {
  String name();

  /** Builds the index on one thread; returns once it can be searched. */
  void build(Vectors vectors) throws Exception;

  /** What the index takes, in bytes, the vectors included. */
  long bytes() throws Exception;

  /** The settings to try, from fast to thorough; their meaning is the contender's own. */
  List<Integer> efforts();

  /** Takes a filter for the searches that follow. */
  void accept(IntPredicate items) throws Exception;

  /** The items of the {@code k} nearest vectors, as far as it finds them. */
  int[] search(float[] query, int k, int effort) throws Exception;

  @Override
  void close() throws Exception;
}
