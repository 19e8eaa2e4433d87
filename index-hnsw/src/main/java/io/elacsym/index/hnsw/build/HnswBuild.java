package io.elacsym.index.hnsw.build;

import io.elacsym.api.Encoding;
import io.elacsym.api.PluginContext;
import io.elacsym.api.VectorMath;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.UnitLength;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorRows;
import io.elacsym.index.hnsw.blob.v1.BlobLayout;
import io.elacsym.index.hnsw.blob.v1.BlobWriter;
import io.elacsym.index.hnsw.blob.v1.Built;
import io.elacsym.index.hnsw.graph.Calibration;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.LevelSizes;
import io.elacsym.index.hnsw.graph.Links;
import io.elacsym.index.hnsw.graph.VectorStore;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/** A build from its vectors to everything the blob holds. */
public final class HnswBuild implements VectorIndexBuild {
  /** Below so many different vectors a scan is as fast as a graph, and exact. */
  static final int GRAPH_FROM = 1024;

  /** How many rows the graph is measured with, at most. */
  private static final int QUERIES = 512;

  /** With more nodes than this each query takes long, and half as many must do. */
  private static final int MANY = 200_000;

  private static final int[] NO_LEVELS = {};
  private static final Links NO_LINKS = Links.empty(0, 0);

  private final Built built;
  private final Optional<int[]> rowOrder;

  private HnswBuild(Built built, Optional<int[]> rowOrder) {
    this.built = built;
    this.rowOrder = rowOrder;
  }

  /**
   * @param m links of a node on upper levels; twice as many on level 0
   * @param efConstruction the beam width with which a new node's neighbours are looked for
   */
  public static HnswBuild run(
      VectorField field,
      VectorRows rows,
      boolean mayReorder,
      int m,
      int efConstruction,
      PluginContext context) {
    Vectors source = new Vectors(field, rows, context.math());
    Distinct distinct = Distinct.of(rows.count(), field.dimension(), source::copy);
    return distinct.groups() < GRAPH_FROM
        ? flat(source, distinct)
        : graph(source, distinct, mayReorder, m, efConstruction, context);
  }

  /** The vectors as they will be stored. */
  private record Vectors(VectorField field, VectorRows rows, VectorMath math) {
    void copy(int item, float[] to) {
      copy(item, to, 0);
    }

    void copy(int item, float[] to, int at) {
      rows.copy(item, to, at);
      if (field.metric() == Metric.COSINE) {
        UnitLength.scale(math, to, at, field.dimension());
      }
    }

    /** One vector of each group, in the given order of groups. */
    VectorStore store(Distinct distinct, int[] groups) {
      VectorStore store = new VectorStore(groups.length, field.dimension(), field.metric(), math);
      for (int i = 0; i < groups.length; i++) {
        copy(distinct.first(groups[i]), store.pageOf(i), store.offset(i));
      }
      return store;
    }
  }

  private static HnswBuild flat(Vectors source, Distinct distinct) {
    int[] order = new int[distinct.groups()];
    Arrays.setAll(order, i -> i);
    VectorStore vectors = source.store(distinct, order);
    Graph none = new Graph(vectors, NO_LINKS, new Links[0], NO_LEVELS);
    int[] rows = rowsOf(distinct, order, source.rows());
    return new HnswBuild(
        new Built(
            layout(source, order.length, rows, 0, 0, NO_LEVELS, Calibration.NONE),
            vectors,
            none,
            Calibration.NONE,
            order,
            startsOf(distinct, order),
            rows),
        Optional.empty());
  }

  private static HnswBuild graph(
      Vectors source,
      Distinct distinct,
      boolean mayReorder,
      int m,
      int efConstruction,
      PluginContext context) {
    int count = distinct.groups();
    int[] shuffled = Shuffle.of(count, context.seed());
    // The space has the only copy of the vectors while nodes are linked; they are copied again, as
    // they are stored, when it is not needed any more.
    LinkSpace space =
        LinkSpace.of(
            source.field().metric(),
            context.math(),
            count,
            source.field().dimension(),
            (number, to, at) -> source.copy(distinct.first(shuffled[number]), to, at));
    Graph graph;
    Calibration calibration;
    int[] parents;
    try (Workers workers = new Workers(Math.max(1, context.parallelism()))) {
      GraphBuilder builder = new GraphBuilder(space.vectors(), m, efConstruction, workers);
      // The last ones of a random order are a random sample.
      int heldOut = Math.min(count > MANY ? QUERIES / 2 : QUERIES, count / 10);
      finish(builder, count - heldOut, context);
      Calibrator calibrator =
          new Calibrator(space, builder.graph(), count - heldOut, workers, context::checkCancelled);
      finish(builder, count, context);
      calibration = calibrator.finish(builder.graph(), context.seed());
      graph = builder.graph();
      parents = builder.parents();
    }
    int[] levelSizes = LevelSizes.of(count, m);
    int[] order = LocalityOrder.of(parents, levelSizes[levelSizes.length - 1]);
    int[] groups = new int[count];
    Arrays.setAll(groups, node -> shuffled[order[node]]);
    int[] rows = rowsOf(distinct, groups, source.rows());
    Optional<int[]> rowOrder =
        mayReorder ? Optional.of(rowOrder(rows, source.rows().segmentRows())) : Optional.empty();
    if (mayReorder) {
      Arrays.setAll(rows, place -> place);
    }
    VectorStore vectors =
        source.field().metric() == Metric.L2 ? space.vectors() : source.store(distinct, shuffled);
    return new HnswBuild(
        new Built(
            layout(source, count, rows, m, efConstruction, levelSizes, calibration),
            vectors,
            new Graph(vectors, graph.base(), graph.upper(), graph.slotNodes()),
            calibration,
            order,
            startsOf(distinct, groups),
            rows),
        rowOrder);
  }

  /** Links the nodes up to {@code to}, exclusive, and leaves the lists as they will be stored. */
  private static void finish(GraphBuilder builder, int to, PluginContext context) {
    builder.insert(to, context::checkCancelled);
    builder.trim();
    Connectivity.repair(builder.graph(), to, builder.limit(0), context::checkCancelled);
  }

  private static BlobLayout layout(
      Vectors source,
      int nodes,
      int[] rows,
      int m,
      int efConstruction,
      int[] levelSizes,
      Calibration calibration) {
    VectorField field = source.field();
    return new BlobLayout(
        field.metric(),
        field.dimension(),
        nodes,
        rows.length,
        source.rows().segmentRows(),
        m,
        efConstruction,
        levelSizes,
        calibration.ordinary().points(),
        calibration.strange().points(),
        !isIdentity(rows));
  }

  /** The rows of all groups, group after group in the given order. */
  private static int[] rowsOf(Distinct distinct, int[] groups, VectorRows source) {
    int[] rows = new int[distinct.members().length];
    int next = 0;
    for (int group : groups) {
      for (int i = distinct.starts()[group]; i < distinct.starts()[group + 1]; i++) {
        rows[next++] = source.row(distinct.members()[i]);
      }
    }
    return rows;
  }

  private static int[] startsOf(Distinct distinct, int[] groups) {
    int[] starts = new int[groups.length + 1];
    for (int i = 0; i < groups.length; i++) {
      int group = groups[i];
      starts[i + 1] = starts[i] + distinct.starts()[group + 1] - distinct.starts()[group];
    }
    return starts;
  }

  /** Rows with a vector in the order of the nodes, then the others as they were. */
  private static int[] rowOrder(int[] rows, int segmentRows) {
    BitSet without = new BitSet(segmentRows);
    without.set(0, segmentRows);
    for (int row : rows) {
      without.clear(row);
    }
    int[] order = Arrays.copyOf(rows, segmentRows);
    int next = rows.length;
    for (int row = without.nextSetBit(0); row >= 0; row = without.nextSetBit(row + 1)) {
      order[next++] = row;
    }
    return order;
  }

  private static boolean isIdentity(int[] rows) {
    for (int place = 0; place < rows.length; place++) {
      if (rows[place] != place) {
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
    return BlobLayout.ENCODING;
  }

  @Override
  public void write(BlobSink sink) {
    BlobWriter.write(built, sink);
  }
}
