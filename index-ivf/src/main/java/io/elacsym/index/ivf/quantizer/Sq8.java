package io.elacsym.index.ivf.quantizer;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One byte a component. A vector {@code x} decodes to {@code m + step * (c + 1/2)}, with {@code m =
 * min + 127.5 step} the middle of the scale. So {@code q.x = q.(m + step / 2) + (q * step).c}, and
 * {@code |q-x|^2 = |q-m|^2 + |x-m|^2 - 2 (q-m).(x-m)}: each is a product with the code, and numbers
 * known before. Distances are taken from the middle, or else far-off vectors would drown in
 * rounding.
 */
public record Sq8(Scale scale, Metric metric) implements Quantizer {
  public static final String NAME = "sq8";

  @Override
  public String name() {
    return NAME;
  }

  /** Bytes of a code: one a component, and before it under l2 {@code |x-m|^2}. */
  public static int stride(int dimension, Metric metric) {
    return dimension + before(metric);
  }

  private static int before(Metric metric) {
    return metric == Metric.L2 ? Float.BYTES : 0;
  }

  @Override
  public Scanner scanner(float[] query, Similarity similarity) {
    return metric == Metric.L2
        ? l2Scanner(query, similarity.math())
        : dotScanner(query, similarity.math());
  }

  // Rounding errors are spread evenly over a step: their variance is step^2 / 12.

  private Scanner dotScanner(float[] query, VectorMath math) {
    float[] scaled = new float[query.length];
    double constant = 0;
    double variance = 0;
    for (int j = 0; j < query.length; j++) {
      float step = scale.step()[j];
      scaled[j] = query[j] * step;
      constant += query[j] * (middle(j) + step / 2.0);
      variance += (double) scaled[j] * scaled[j] / 12;
    }
    return new DotScanner(math, scaled, constant, Math.sqrt(variance));
  }

  private Scanner l2Scanner(float[] query, VectorMath math) {
    float[] scaled = new float[query.length];
    double constant = 0;
    double variance = 0;
    for (int j = 0; j < query.length; j++) {
      double step = scale.step()[j];
      double centered = query[j] - middle(j);
      scaled[j] = (float) (2 * centered * step);
      constant += centered * step - centered * centered;
      // The error along q - x; x may lie anywhere on the scale.
      double difference = centered * centered + 255 * step * 255 * step / 12;
      variance += 4 * difference * step * step / 12;
    }
    return new L2Scanner(math, scaled, constant, Math.sqrt(variance));
  }

  private double middle(int j) {
    return scale.min()[j] + 127.5 * scale.step()[j];
  }

  private record DotScanner(VectorMath math, float[] scaled, double constant, double error)
      implements Scanner {
    @Override
    public boolean exact() {
      return false;
    }

    @Override
    public int stride() {
      return scaled.length;
    }

    @Override
    public void scores(MemorySegment items, long offset, int count, float[] out) {
      math.byteDots(scaled, items, offset, stride(), count, out, 0);
      float add = (float) constant;
      for (int i = 0; i < count; i++) {
        out[i] += add;
      }
    }
  }

  private record L2Scanner(VectorMath math, float[] scaled, double constant, double error)
      implements Scanner {
    @Override
    public boolean exact() {
      return false;
    }

    @Override
    public int stride() {
      return scaled.length + Float.BYTES;
    }

    @Override
    public void scores(MemorySegment items, long offset, int count, float[] out) {
      math.byteDots(scaled, items, offset + Float.BYTES, stride(), count, out, 0);
      float add = (float) constant;
      for (int i = 0; i < count; i++) {
        out[i] = out[i] + add - items.get(Bytes.F32, offset + (long) stride() * i);
      }
    }
  }

  /** Codes vectors. For one thread. */
  public final class Encoder {
    private final float[] inverse = scale.inverse();
    private final byte[] code = new byte[scale.dimension()];

    public void encode(float[] vector, MemorySegment to, long offset) {
      scale.encode(vector, 0, inverse, code, 0);
      if (metric == Metric.L2) {
        double norm = 0;
        for (int j = 0; j < code.length; j++) {
          double centered = scale.step()[j] * (code[j] + 0.5);
          norm += centered * centered;
        }
        to.set(Bytes.F32, offset, (float) norm);
      }
      MemorySegment.copy(code, 0, to, ValueLayout.JAVA_BYTE, offset + before(metric), code.length);
    }
  }
}
