package io.elacsym.benchmarks.sets;

import io.elacsym.api.index.Metric;

/**
 * Any number of made-up vectors.
 *
 * @param metric how they are compared; under cosine they are of length one
 */
record MixtureSource(Metric metric) implements SetSource {
  static final String NAME = "mixture";
  private static final int DIMENSION = 768;

  @Override
  public String name() {
    return metric == Metric.COSINE ? NAME : NAME + "-" + metric.id();
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public Drawn draw(int documents, int queries, long seed) {
    Mixture mixture = new Mixture(DIMENSION, seed);
    return new Drawn(
        rows(documents, mixture::vector),
        rows(queries, mixture::query),
        "Mixture of "
            + Mixture.TOPICS
            + " topics around "
            + Mixture.FIELDS
            + " fields, version 1, seed "
            + seed);
  }

  private interface Generator {
    void fill(long number, float[] to);
  }

  private static Rows rows(int count, Generator generator) {
    return new Rows() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public void copy(int index, float[] to) {
        generator.fill(index, to);
      }
    };
  }
}
