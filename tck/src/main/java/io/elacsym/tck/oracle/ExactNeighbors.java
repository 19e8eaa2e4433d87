package io.elacsym.tck.oracle;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.api.index.VectorRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Nearest rows by comparing with every vector, in double arithmetic. */
public final class ExactNeighbors {
  private final Metric metric;
  private final int[] rows;
  private final float[][] vectors;

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
    record Hit(int row, double score) {}
    List<Hit> hits = new ArrayList<>();
    for (int item = 0; item < rows.length; item++) {
      if (query.accept().contains(rows[item])) {
        hits.add(new Hit(rows[item], score(metric, query.vector(), vectors[item])));
      }
    }
    hits.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparingInt(Hit::row));
    int found = Math.min(query.k(), hits.size());
    int[] best = new int[found];
    float[] scores = new float[found];
    for (int i = 0; i < found; i++) {
      best[i] = hits.get(i).row();
      scores[i] = (float) hits.get(i).score();
    }
    return new VectorHits(best, scores, hits.size());
  }

  /** How alike two vectors are, as {@link Metric} defines it. */
  public static double score(Metric metric, float[] a, float[] b) {
    double dot = 0;
    double squaresA = 0;
    double squaresB = 0;
    double distance = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      squaresA += (double) a[i] * a[i];
      squaresB += (double) b[i] * b[i];
      distance += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return switch (metric) {
      case DOT -> dot;
      case L2 -> -distance;
      case COSINE -> dot / Math.sqrt(squaresA * squaresB);
    };
  }
}
