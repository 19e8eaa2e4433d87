package io.elacsym.tck.oracle;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.api.index.VectorRows;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Nearest rows by comparing with every vector, in double arithmetic. */
public final class ExactNeighbors {
  private final Metric metric;
  private final int[] rows;
  private final float[][] vectors;

  /**
   * Keeps the vectors.
   *
   * @param rows {@code rows[i]} has {@code vectors[i]}
   */
  public ExactNeighbors(VectorField field, int[] rows, float[][] vectors) {
    this.metric = field.metric();
    this.rows = rows.clone();
    this.vectors = vectors.clone();
  }

  /** Copies the vectors. */
  public ExactNeighbors(VectorField field, VectorRows source) {
    this.metric = field.metric();
    this.rows = new int[source.count()];
    this.vectors = new float[source.count()][field.dimension()];
    for (int item = 0; item < rows.length; item++) {
      rows[item] = source.row(item);
      source.copy(item, vectors[item], 0);
    }
  }

  /** The true best rows; recall target and effort are not looked at. */
  public VectorHits search(VectorQuery query) {
    record Hit(int row, float score) {}
    Comparator<Hit> best =
        Comparator.comparingDouble(Hit::score).reversed().thenComparingInt(Hit::row);
    PriorityQueue<Hit> kept = new PriorityQueue<>(best.reversed());
    int scored = 0;
    for (int item = 0; item < rows.length; item++) {
      if (query.accept().contains(rows[item])) {
        scored++;
        // Ranked as the float that comes back, and minus zero is zero: else hits whose scores are
        // equal would not be in the order of their rows.
        float score = (float) score(metric, query.vector(), vectors[item]) + 0f;
        if (kept.size() < query.k()) {
          kept.add(new Hit(rows[item], score));
        } else if (score >= kept.element().score()) {
          kept.add(new Hit(rows[item], score));
          kept.remove();
        }
      }
    }
    int[] found = new int[kept.size()];
    float[] scores = new float[found.length];
    for (int i = found.length - 1; i >= 0; i--) {
      Hit worst = kept.remove();
      found[i] = worst.row();
      scores[i] = worst.score();
    }
    return new VectorHits(found, scores, scored);
  }

  /** How alike two vectors are, as {@link Metric} defines it. */
  public static double score(Metric metric, float[] a, float[] b) {
    return switch (metric) {
      case DOT -> dot(a, b);
      case COSINE -> {
        double lengths = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
        yield lengths == 0 ? 0 : dot(a, b) / lengths;
      }
      case L2 -> {
        double distance = 0;
        for (int i = 0; i < a.length; i++) {
          distance += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
        }
        yield -distance;
      }
    };
  }

  private static double dot(float[] a, float[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
    }
    return dot;
  }
}
