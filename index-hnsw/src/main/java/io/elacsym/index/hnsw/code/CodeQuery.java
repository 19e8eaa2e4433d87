package io.elacsym.index.hnsw.code;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.index.hnsw.graph.Scorer;

/**
 * A query as nodes' codes are compared with it: rotated, and in integers of 8 bits, whose rounding
 * adds next to nothing to the error of the codes. For one thread; keeps its memory from query to
 * query.
 */
public final class CodeQuery implements Scorer {
  private static final int MOST = 127;

  /**
   * About what a value of a code is, squared and averaged: steps are small parts of a deviation.
   */
  private static final double VALUE = 3;

  /** About how much sums of floats are off, as a part of what they add up to. */
  private static final float FLOAT_ERROR = 2e-7f;

  private final CodeSpace space;
  private final NodeCodes codes;
  private final float[] moved;
  private final float[] rotated;
  private final short[] integers;
  private int[] products = new int[64];
  private float base;
  private float shifted;
  private float step;
  private float middle;
  private float length;
  private float rounding;

  public CodeQuery(CodeSpace space, NodeCodes codes) {
    this.space = space;
    this.codes = codes;
    this.moved = new float[space.center().length];
    this.rotated = new float[space.space().components()];
    this.integers = new short[rotated.length];
  }

  /**
   * Begins with another query.
   *
   * @param query of length 1 where the metric is the cosine
   */
  public void prepare(float[] query) {
    VectorMath math = space.math();
    float[] center = space.center();
    if (space.metric() == Metric.L2) {
      shifted = 1;
    } else {
      // Whatever the query has along the center, codes need not estimate: the shift has it exactly.
      float square = math.dot(center, 0, center, 0, center.length);
      float along = math.dot(query, 0, center, 0, center.length);
      shifted = square > 0 ? along / square : 0;
      base = along;
    }
    for (int j = 0; j < moved.length; j++) {
      moved[j] = query[j] - shifted * center[j];
    }
    space.space().rotation().apply(moved, rotated);
    float square = math.dot(rotated, 0, rotated, 0, rotated.length);
    length = (float) Math.sqrt(square);
    if (space.metric() == Metric.L2) {
      base = -square;
    }
    float most = 0;
    for (float component : rotated) {
      most = Math.max(most, Math.abs(component));
    }
    step = most / MOST;
    float inverse = step > 0 ? 1 / step : 0;
    int sum = 0;
    for (int j = 0; j < rotated.length; j++) {
      int integer = Math.clamp(Math.round(rotated[j] * inverse), -MOST, MOST);
      integers[j] = (short) integer;
      sum += integer;
    }
    middle = NodeCoder.MIDDLE * sum;
    // Rounding errors are spread evenly over a step: their variance is a twelfth of its square.
    rounding = (float) (step * VALUE * Math.sqrt(rotated.length / 12.0));
  }

  /**
   * What a node scores, less a deviation: of the best of many estimates most are too high.
   *
   * @param estimate what {@link #scores} gave
   */
  public double least(int node, float estimate) {
    return (double) base + estimate - deviation(node);
  }

  /** What is missing from all scores of this query. */
  public float base() {
    return base;
  }

  @Override
  public void scores(int[] nodes, int size, float[] scores) {
    if (products.length < size) {
      products = new int[Math.max(size, 2 * products.length)];
    }
    space
        .math()
        .nibbleDots(
            integers,
            codes.memory(),
            NodeCodes.FACTOR_BYTES,
            codes.stride(),
            nodes,
            size,
            products);
    for (int i = 0; i < size; i++) {
      int node = nodes[i];
      float product = step * (products[i] - middle);
      scores[i] =
          shifted * codes.factor(node, NodeCodes.SHIFT_AT)
              + codes.factor(node, NodeCodes.SCALE_AT) * product;
    }
  }

  @Override
  public float deviation(int node) {
    // In doubles: the squares of very short or long vectors' errors are no floats, and an error of
    // zero would leave out what may be a hit.
    double own = (double) codes.factor(node, NodeCodes.ERROR_AT) * length;
    double queries = (double) codes.factor(node, NodeCodes.SCALE_AT) * rounding;
    return (float) Math.sqrt(own * own + queries * queries) + Math.abs(base) * FLOAT_ERROR;
  }
}
