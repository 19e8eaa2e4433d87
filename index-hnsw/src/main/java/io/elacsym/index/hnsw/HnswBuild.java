package io.elacsym.index.hnsw;

import io.elacsym.api.Encoding;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorRows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/** A build from its vectors to everything the blob holds. */
final class HnswBuild implements VectorIndexBuild {
  /** Below so many vectors a scan is as fast as a graph, and exact. */
  static final int GRAPH_FROM = 1024;

  /** How many rows the graph is measured with, at most. */
  private static final int QUERIES = 256;

  private static final int[] NO_LEVELS = {};
  private static final Links NO_LINKS = Links.empty(0, 0);
  private static final Calibration NO_CALIBRATION =
      new Calibration(new int[0], new float[0], new float[0], new float[0]);

  private final Built built;
  private final Optional<int[]> rowOrder;

  private HnswBuild(Built built, Optional<int[]> rowOrder) {
    this.built = built;
    this.rowOrder = rowOrder;
  }

  static HnswBuild run(
      VectorField field, VectorRows rows, boolean mayReorder, PluginContext context) {
    HnswOptions options = HnswOptions.of(context.options());
    return rows.count() < GRAPH_FROM
        ? flat(field, rows, context)
        : graph(field, rows, mayReorder, options, context);
  }

  private static HnswBuild flat(VectorField field, VectorRows rows, PluginContext context) {
    int count = rows.count();
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    VectorStore vectors = copy(field, rows, order, context);
    int[] rowOf = new int[count];
    Arrays.setAll(rowOf, rows::row);
    BlobLayout layout =
        new BlobLayout(
            field.metric(),
            field.dimension(),
            count,
            rows.segmentRows(),
            0,
            0,
            NO_LEVELS,
            0,
            !isIdentity(rowOf));
    Graph none = new Graph(vectors, NO_LINKS, new Links[0], NO_LEVELS);
    return new HnswBuild(
        new Built(layout, vectors, none, NO_CALIBRATION, order, rowOf), Optional.empty());
  }

  private static HnswBuild graph(
      VectorField field,
      VectorRows rows,
      boolean mayReorder,
      HnswOptions options,
      PluginContext context) {
    int count = rows.count();
    int[] shuffled = Shuffle.of(count, context.seed());
    VectorStore vectors = copy(field, rows, shuffled, context);
    try (Workers workers = new Workers(Math.max(1, context.parallelism()))) {
      GraphBuilder builder =
          new GraphBuilder(vectors, options.m(), options.efConstruction(), workers);
      // The last ones of a random order are a random sample.
      int heldOut = Math.min(QUERIES, count / 8);
      finish(builder, count - heldOut, context);
      Calibration calibration =
          Calibrator.measure(builder.graph(), count - heldOut, workers, context::checkCancelled);
      finish(builder, count, context);

      int[] levelSizes = LevelSizes.of(count, options.m());
      int[] order = LocalityOrder.of(builder.parents(), levelSizes[levelSizes.length - 1]);
      int[] rowOf = new int[count];
      Arrays.setAll(rowOf, node -> rows.row(shuffled[order[node]]));
      Optional<int[]> rowOrder =
          mayReorder ? Optional.of(rowOrder(rowOf, rows.segmentRows())) : Optional.empty();
      if (mayReorder) {
        Arrays.setAll(rowOf, node -> node);
      }
      BlobLayout layout =
          new BlobLayout(
              field.metric(),
              field.dimension(),
              count,
              rows.segmentRows(),
              options.m(),
              options.efConstruction(),
              levelSizes,
              calibration.points(),
              !isIdentity(rowOf));
      return new HnswBuild(
          new Built(layout, vectors, builder.graph(), calibration, order, rowOf), rowOrder);
    }
  }

  /** Links the nodes up to {@code to}, exclusive, and leaves the lists as they will be stored. */
  private static void finish(GraphBuilder builder, int to, PluginContext context) {
    builder.insert(to, context::checkCancelled);
    builder.trim();
    Connectivity.repair(builder.graph(), to, builder.limit(0), context::checkCancelled);
  }

  private static VectorStore copy(
      VectorField field, VectorRows rows, int[] order, PluginContext context) {
    VectorStore vectors =
        new VectorStore(order.length, field.dimension(), field.metric(), context.math());
    for (int i = 0; i < order.length; i++) {
      rows.copy(order[i], vectors.pageOf(i), vectors.offset(i));
      if (field.metric() == Metric.COSINE) {
        UnitLength.scale(context.math(), vectors.pageOf(i), vectors.offset(i), field.dimension());
      }
    }
    return vectors;
  }

  /** Rows with a vector in the order of the nodes, then the others as they were. */
  private static int[] rowOrder(int[] rowOf, int segmentRows) {
    BitSet without = new BitSet(segmentRows);
    without.set(0, segmentRows);
    for (int row : rowOf) {
      without.clear(row);
    }
    int[] order = Arrays.copyOf(rowOf, segmentRows);
    int next = rowOf.length;
    for (int row = without.nextSetBit(0); row >= 0; row = without.nextSetBit(row + 1)) {
      order[next++] = row;
    }
    return order;
  }

  private static boolean isIdentity(int[] rowOf) {
    for (int node = 0; node < rowOf.length; node++) {
      if (rowOf[node] != node) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Optional<int[]> rowOrder() {
    return rowOrder.map(int[]::clone);
  }

  @Override
  public Encoding encoding() {
    return HnswProvider.ENCODING;
  }

  @Override
  public void write(BlobSink sink) {
    BlobWriter.write(built, sink);
  }
}
