package io.elacsym.benchmarks.sets;

import io.elacsym.api.index.Metric;
import java.io.IOException;

/** Where the vectors of a set come from. */
sealed interface SetSource permits WordNetSource, GloveSource, MnistSource, MixtureSource {
  /** What it is called on the command line and in files. */
  String name();

  Metric metric();

  int dimension();

  /**
   * Fetches or computes them.
   *
   * @param documents the most vectors that are wanted; there may be fewer
   */
  Drawn draw(int documents, int queries, long seed) throws IOException, InterruptedException;
}
