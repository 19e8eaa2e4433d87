package io.elacsym.index.ivf.build;

import io.elacsym.index.codes.Space;
import io.elacsym.index.codes.Uniform;
import io.elacsym.index.ivf.blob.v1.ListTable;
import io.elacsym.index.ivf.quantizer.Product;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** Learns the codebooks of product quantization from a sample of the items. */
final class Codebooks {
  private static final int SAMPLE = 4096;
  private static final int ITERATIONS = 10;

  private Codebooks() {}

  /**
   * For each group 16 entries of 2 components.
   *
   * @param packed all vectors, in list order
   */
  static float[] learn(
      ListTable table,
      Space space,
      MemorySegment packed,
      SplittableRandom random,
      Parallel parallel) {
    int count = table.first()[table.lists()];
    int components = table.components();
    int[] sample = Sampling.sample(count, Math.min(SAMPLE, count), random);
    float[][] residuals = residuals(table, space, packed, sample, parallel);
    float[] codebooks = new float[Product.codebookFloats(components)];
    parallel.forEach(
        components / Product.GROUP,
        8,
        () ->
            (from, to) -> {
              for (int group = from; group < to; group++) {
                learn(residuals, group, codebooks);
              }
            });
    return codebooks;
  }

  /** Differences of items and their centroids, of the length at which they are coded. */
  private static float[][] residuals(
      ListTable table, Space space, MemorySegment packed, int[] sample, Parallel parallel) {
    float[][] scaled = new float[sample.length][];
    parallel.forEach(
        sample.length,
        64,
        () -> {
          Residuals residuals = new Residuals(table, space, packed);
          return (from, to) -> {
            for (int i = from; i < to; i++) {
              float[] residual = residuals.of(sample[i]).clone();
              float scale = Uniform.inverseStep(residual, 1);
              for (int j = 0; j < residual.length; j++) {
                residual[j] *= scale;
              }
              scaled[i] = residual;
            }
          };
        });
    return scaled;
  }

  /** Lloyd's algorithm for one group; an entry that nothing is nearest to stays where it is. */
  private static void learn(float[][] residuals, int group, float[] codebooks) {
    int first = Product.GROUP * Product.ENTRIES * group;
    for (int entry = 0; entry < Product.ENTRIES; entry++) {
      float[] residual = residuals[(int) ((long) entry * residuals.length / Product.ENTRIES)];
      codebooks[first + 2 * entry] = residual[Product.GROUP * group];
      codebooks[first + 2 * entry + 1] = residual[Product.GROUP * group + 1];
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] sums = new double[Product.GROUP * Product.ENTRIES];
      int[] counts = new int[Product.ENTRIES];
      for (float[] residual : residuals) {
        float x = residual[Product.GROUP * group];
        float y = residual[Product.GROUP * group + 1];
        int entry = Product.nearest(codebooks, group, x, y);
        sums[2 * entry] += x;
        sums[2 * entry + 1] += y;
        counts[entry]++;
      }
      for (int entry = 0; entry < Product.ENTRIES; entry++) {
        if (counts[entry] > 0) {
          codebooks[first + 2 * entry] = (float) (sums[2 * entry] / counts[entry]);
          codebooks[first + 2 * entry + 1] = (float) (sums[2 * entry + 1] / counts[entry]);
        }
      }
    }
  }
}
