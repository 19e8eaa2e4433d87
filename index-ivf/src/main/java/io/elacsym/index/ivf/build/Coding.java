package io.elacsym.index.ivf.build;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.index.ivf.blob.v1.ListTable;
import io.elacsym.index.ivf.quantizer.Bytes;
import io.elacsym.index.ivf.quantizer.CodeShape;
import io.elacsym.index.ivf.quantizer.Quantizer;
import io.elacsym.index.ivf.quantizer.Space;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Codes items, block by block. Formulas of the factors: {@code docs/format/index-ivf.md}.
 *
 * @param table the lists
 * @param space where items are coded
 * @param quantizer makes the codes
 * @param metric that scores are made for
 * @param math for products
 */
record Coding(ListTable table, Space space, Quantizer quantizer, Metric metric, VectorMath math) {
  private static final int BLOCK = VectorMath.BLOCK;

  /**
   * Codes all items.
   *
   * @param packed all vectors, in list order
   * @param codes receives the blocks, all zero before
   */
  void code(MemorySegment packed, MemorySegment codes, Parallel parallel) {
    int count = table.first()[table.lists()];
    float[] middle = space.rotatedMiddle();
    parallel.forEach(
        CodeShape.blocks(count),
        8,
        () -> {
          Worker worker = new Worker(packed, codes, middle);
          return (from, to) -> {
            for (int item = from * BLOCK; item < Math.min(count, to * BLOCK); item++) {
              worker.code(item);
            }
          };
        });
  }

  /** One thread's. */
  private final class Worker {
    private final CodeShape shape = quantizer.shape();
    private final Quantizer.Coder coder = quantizer.coder();
    private final MemorySegment packed;
    private final MemorySegment codes;
    private final float[] middle;
    private final float[] vector = new float[space.middle().length];
    private final float[] moved = new float[vector.length];
    private final float[] rotated = new float[table.components()];
    private final float[] centroid = new float[table.components()];
    private final float[] anchor = new float[table.components()];
    private int list = -1;

    Worker(MemorySegment packed, MemorySegment codes, float[] middle) {
      this.packed = packed;
      this.codes = codes;
      this.middle = middle;
    }

    void code(int item) {
      enter(item);
      MemorySegment.copy(packed, Bytes.F32, 4L * vector.length * item, vector, 0, vector.length);
      space.enter(vector, moved, rotated);
      for (int j = 0; j < rotated.length; j++) {
        rotated[j] -= centroid[j];
      }
      coder.code(rotated);
      long block = (long) shape.blockBytes() * (item / BLOCK);
      int place = item % BLOCK;
      if (shape.hasPlane()) {
        shape.putFields(coder.plane(), codes, block, place);
        Factors.of(this, coder.planeValues())
            .write(codes, block + shape.factorsAt() + 4L * place, 4L * BLOCK);
      }
      if (shape.isRefined()) {
        long at = block + shape.refinementsAt() + (long) shape.refinementBytes() * place;
        Factors.of(this, coder.refinedValues()).write(codes, at, 4);
        byte[] code = coder.refinement();
        MemorySegment.copy(
            code, 0, codes, ValueLayout.JAVA_BYTE, at + CodeShape.FACTOR_BYTES, code.length);
      }
    }

    /** Goes on to the item's list. */
    private void enter(int item) {
      if (list >= 0 && item < table.first()[list + 1] && item >= table.first()[list]) {
        return;
      }
      list = table.listOf(item);
      table.centroid(list, centroid);
      for (int j = 0; j < anchor.length; j++) {
        anchor[j] = middle[j] + centroid[j];
      }
    }

    private boolean isL2() {
      return metric == Metric.L2;
    }

    private float dot(float[] a, float[] b) {
      return math.dot(a, 0, b, 0, a.length);
    }
  }

  /** What makes a score of a product with a code's values. */
  private record Factors(float shift, float scale, float error) {

    /** Never a good score, and always doubtful: its vector decides. */
    private static final Factors UNKNOWN =
        new Factors(-Float.MAX_VALUE, 0, Float.POSITIVE_INFINITY);

    static Factors of(Worker worker, float[] values) {
      float[] residual = worker.rotated;
      double square = worker.dot(residual, residual);
      double along = worker.dot(values, residual);
      double size = worker.dot(values, values);
      // Scaled so that the product of code and residual is that of the residual with itself, which
      // makes the estimate right on average.
      double scale = along > 0 ? square / along : 0;
      double cosine = along > 0 ? along * along / (size * square) : 1;
      double error =
          Math.sqrt(square * Math.max(0, 1 / cosine - 1) / Math.max(1, residual.length - 1));
      double centroid = worker.dot(values, worker.centroid);
      Factors factors =
          worker.isL2()
              ? new Factors(
                  (float) (-square - 2 * scale * centroid),
                  (float) (2 * scale),
                  (float) (2 * error))
              : new Factors(
                  (float) (worker.dot(residual, worker.anchor) - scale * centroid),
                  (float) scale,
                  (float) error);
      return Float.isFinite(factors.shift + factors.scale + factors.error) ? factors : UNKNOWN;
    }

    /**
     * Writes them.
     *
     * @param apart bytes from one to the next
     */
    void write(MemorySegment to, long at, long apart) {
      to.set(Bytes.F32, at, shift);
      to.set(Bytes.F32, at + apart, scale);
      to.set(Bytes.F32, at + 2 * apart, error);
    }
  }
}
