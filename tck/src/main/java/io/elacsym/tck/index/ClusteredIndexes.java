package io.elacsym.tck.index;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Lazily;
import io.elacsym.tck.index.VectorIndexes.Written;
import io.elacsym.tck.index.zoo.Drawn;
import io.elacsym.tck.index.zoo.RowShape;
import io.elacsym.tck.index.zoo.Zoo;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** One index a metric over clustered rows, for all checks that need one. */
final class ClusteredIndexes {
  /** Beside the rows, to ask with. */
  private static final int HELD_OUT = 1000;

  private final VectorIndexes indexes;
  private final Drawn drawn;
  private final Map<Metric, Lazily<Written>> written = new EnumMap<>(Metric.class);

  ClusteredIndexes(VectorIndexes indexes) {
    this.indexes = indexes;
    RowShape shape = shape();
    this.drawn = Drawn.of(shape, HELD_OUT, new Random(Seed.current()));
    for (Metric metric : Metric.values()) {
      VectorField field = new VectorField("vector", shape.dimension(), metric);
      written.put(
          metric, new Lazily<>(() -> indexes.write(field, TestVectors.of(drawn.rows()), true)));
    }
  }

  /** How their rows are spread. */
  static RowShape shape() {
    return Zoo.shapes().stream()
        .filter(candidate -> candidate.name().equals("clusters"))
        .findFirst()
        .orElseThrow();
  }

  /** How many rows each has. */
  int rows() {
    return drawn.rows().length;
  }

  Written written(Metric metric) throws Exception {
    return Objects.requireNonNull(written.get(metric)).get();
  }

  /**
   * The same with what it takes to measure recall.
   *
   * @param queries of which the recall is taken at first
   */
  ZooIndex open(Metric metric, int queries) throws Exception {
    return new ZooIndex(drawn, indexes.open(written(metric)), queries);
  }
}
