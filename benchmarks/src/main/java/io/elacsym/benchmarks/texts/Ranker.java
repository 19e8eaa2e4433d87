package io.elacsym.benchmarks.texts;

import java.io.IOException;

/** What is measured. */
interface Ranker extends AutoCloseable {
  int TOP = 10;

  /** The scores of the ten best, best first. */
  double[] best(Asked asked) throws IOException;

  @Override
  void close() throws IOException;
}
