package io.elacsym.benchmarks.sets;

import io.elacsym.api.index.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sets of a few vectors, written as {@code bench data} writes them. */
public final class SmallSets {
  private SmallSets() {}

  /** Writes and opens a mixture. */
  public static VectorSet mixture(
      Path data, String name, Metric metric, int dimension, int vectors, int queries, long seed)
      throws IOException {
    Mixture mixture = new Mixture(dimension, seed);
    List<float[]> some = new ArrayList<>();
    List<float[]> asked = new ArrayList<>();
    for (int i = 0; i < vectors; i++) {
      some.add(new float[dimension]);
      mixture.vector(i, some.get(i));
    }
    for (int i = 0; i < queries; i++) {
      asked.add(new float[dimension]);
      mixture.query(i, asked.get(i));
    }
    return write(data, name, metric, some, asked);
  }

  /** Writes and opens these. */
  static VectorSet write(
      Path data, String name, Metric metric, List<float[]> vectors, List<float[]> queries)
      throws IOException {
    Drawn drawn = new Drawn(new HeapRows(vectors), new HeapRows(queries), "Made for a test");
    new SetWriter(SetFiles.of(data, name), metric, queries.getFirst().length).write(name, drawn);
    return VectorSet.open(data, name, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }
}
