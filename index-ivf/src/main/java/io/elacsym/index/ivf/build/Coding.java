package io.elacsym.index.ivf.build;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.codes.CodeFit;
import io.elacsym.index.codes.Space;
import io.elacsym.index.ivf.blob.v1.ListTable;
import io.elacsym.index.ivf.quantizer.CodeShape;
import io.elacsym.index.ivf.quantizer.Quantizer;
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
    private final Residuals residuals;
    private final MemorySegment codes;
    private final float[] middle;

    Worker(MemorySegment packed, MemorySegment codes, float[] middle) {
      this.residuals = new Residuals(table, space, packed);
      this.codes = codes;
      this.middle = middle;
    }

    void code(int item) {
      float[] residual = residuals.of(item);
      coder.code(residual);
      long block = (long) shape.blockBytes() * (item / BLOCK);
      int place = item % BLOCK;
      if (shape.hasPlane()) {
        shape.putFields(coder.plane(), codes, block, place);
        factors(residual, coder.planeValues())
            .write(codes, block + shape.factorsAt() + 4L * place, 4L * BLOCK);
      }
      if (shape.isRefined()) {
        long at = block + shape.refinementsAt() + (long) shape.refinementBytes() * place;
        factors(residual, coder.refinedValues()).write(codes, at, 4);
        byte[] code = coder.refinement();
        MemorySegment.copy(
            code, 0, codes, ValueLayout.JAVA_BYTE, at + CodeShape.FACTOR_BYTES, code.length);
      }
    }

    /** What makes a score of a product with the values of a code. */
    private Factors factors(float[] residual, float[] values) {
      double square = dot(residual, residual);
      double along = dot(values, residual);
      double size = dot(values, values);
      CodeFit fit = CodeFit.of(square, along, size, residual.length);
      double scale = fit.scale();
      double error = fit.error();
      float[] centroid = residuals.centroid();
      double ofCentroid = scale * dot(values, centroid);
      Factors factors =
          metric == Metric.L2
              ? new Factors(
                  (float) (-square - 2 * ofCentroid), (float) (2 * scale), (float) (2 * error))
              : new Factors(
                  (float) (dot(residual, middle) + dot(residual, centroid) - ofCentroid),
                  (float) scale,
                  (float) error);
      return factors.areFinite() ? factors : Factors.UNKNOWN;
    }

    private float dot(float[] a, float[] b) {
      return math.dot(a, 0, b, 0, a.length);
    }
  }

  /** Shift, scale and error of an item. */
  private record Factors(float shift, float scale, float error) {

    /** Never a good score, and always doubtful: its vector decides. */
    private static final Factors UNKNOWN =
        new Factors(-Float.MAX_VALUE, 0, Float.POSITIVE_INFINITY);

    boolean areFinite() {
      return Float.isFinite(shift + scale + error);
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
