package io.elacsym.index.ivf.build;

import io.elacsym.api.VectorMath;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Lloyd's algorithm on a sample. The result does not depend on the number of threads. */
final class KMeans {
  private static final int PART = 256;

  private final Vectors vectors;
  private final int iterations;
  private final VectorMath math;

  KMeans(Vectors vectors, int iterations, VectorMath math) {
    this.vectors = vectors;
    this.iterations = iterations;
    this.math = math;
  }

  /** Runs the parts of a loop; {@link Parallel#forEach} or a plain loop. */
  interface Loop {
    void forEach(int steps, int size, Supplier<Parallel.Part> worker);

    /** The calling thread does it all; for use inside a part of another loop. */
    Loop HERE = (steps, size, worker) -> worker.get().run(0, steps);
  }

  /**
   * Finds centroids.
   *
   * @param sample the items to learn from, at least {@code k}; left as it is
   * @param k how many centroids, from 1
   */
  Centroids train(int[] sample, int k, SplittableRandom random, Loop loop) {
    float[][] values = new float[k][vectors.dimension()];
    int[] chosen = Sampling.sample(sample, k, random);
    for (int i = 0; i < k; i++) {
      vectors.load(chosen[i], values[i]);
    }
    int[] nearest = new int[sample.length];
    for (int iteration = 0; iteration < iterations; iteration++) {
      assign(new Centroids(values, math), sample, nearest, loop);
      values = means(sample, nearest, k, random);
    }
    return new Centroids(values, math);
  }

  private void assign(Centroids centroids, int[] sample, int[] nearest, Loop loop) {
    loop.forEach(
        sample.length,
        PART,
        () -> {
          VectorBlock block = new VectorBlock(vectors.dimension());
          return (from, to) -> centroids.nearest(vectors, sample, from, to, block, nearest);
        });
  }

  private float[][] means(int[] sample, int[] nearest, int k, SplittableRandom random) {
    int dimension = vectors.dimension();
    float[][] means = new float[k][dimension];
    int[] counts = new int[k];
    float[] vector = new float[dimension];
    for (int i = 0; i < sample.length; i++) {
      vectors.load(sample[i], vector);
      counts[nearest[i]]++;
      float[] sum = means[nearest[i]];
      for (int j = 0; j < dimension; j++) {
        sum[j] += vector[j];
      }
    }
    for (int c = 0; c < k; c++) {
      if (counts[c] == 0) {
        // No vector is nearest to this centroid: it starts again at a random one.
        vectors.load(sample[random.nextInt(sample.length)], means[c]);
        continue;
      }
      float factor = 1f / counts[c];
      for (int j = 0; j < dimension; j++) {
        means[c][j] *= factor;
      }
    }
    return means;
  }

  /** Splits items into parts of about equal size around new centroids. */
  int[][] split(int[] items, int parts, SplittableRandom random) {
    Centroids centroids = train(items, parts, random, Loop.HERE);
    int[] nearest = new int[items.length];
    assign(centroids, items, nearest, Loop.HERE);
    int[][] result = Groups.positions(nearest, parts);
    for (int[] part : result) {
      for (int i = 0; i < part.length; i++) {
        part[i] = items[part[i]];
      }
    }
    return result;
  }
}
