package io.elacsym.index.hnsw.build;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.PluginContext;
import io.elacsym.api.VectorMath;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.index.FormerVectorIndex;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.UnitLength;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorRows;
import io.elacsym.index.hnsw.blob.v1.BlobLayout;
import io.elacsym.index.hnsw.blob.v1.BlobLoader;
import io.elacsym.index.hnsw.blob.v1.BlobWriter;
import io.elacsym.index.hnsw.blob.v1.Built;
import io.elacsym.index.hnsw.blob.v1.Former;
import io.elacsym.index.hnsw.code.CodeSpace;
import io.elacsym.index.hnsw.code.NodeCoder;
import io.elacsym.index.hnsw.code.NodeCodes;
import io.elacsym.index.hnsw.graph.BeamWidth;
import io.elacsym.index.hnsw.graph.Calibration;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.LevelSizes;
import io.elacsym.index.hnsw.graph.Links;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/** A build from its vectors to everything the blob holds. */
public final class HnswBuild implements VectorIndexBuild {
  private static final System.Logger LOG = System.getLogger(HnswBuild.class.getName());

  /** Below so many different vectors a scan is as fast as a graph, and exact. */
  static final int GRAPH_FROM = 1024;

  /** How many rows the graph is measured with, at most. */
  private static final int QUERIES = 512;

  /** With more nodes than this each query takes long, and half as many must do. */
  private static final int MANY = 200_000;

  /** Vectors that a thread codes at a time. */
  private static final int CODED_TOGETHER = 256;

  /** A recall that a graph must reach to be taken over. */
  private static final double TRUSTED = 0.9;

  private static final int[] NO_LEVELS = {};
  private static final Links NO_LINKS = Links.empty(0, 0);

  private final Built built;
  private final Optional<int[]> rowOrder;

  private HnswBuild(Built built, Optional<int[]> rowOrder) {
    this.built = built;
    this.rowOrder = rowOrder;
  }

  /**
   * @param input its rows are not looked at any more when this has returned
   * @param m links of a node on upper levels; twice as many on level 0
   * @param efConstruction the beam width with which a new node's neighbours are looked for
   */
  public static HnswBuild run(
      VectorIndexInput input, int m, int efConstruction, PluginContext context) {
    Vectors source = new Vectors(input, context.math());
    Distinct distinct = Distinct.of(input.rows().count(), input.field().dimension(), source::copy);
    return distinct.groups() < GRAPH_FROM
        ? flat(source, distinct)
        : graph(source, distinct, m, efConstruction, context);
  }

  /** The vectors as they are compared. */
  private record Vectors(VectorIndexInput input, VectorMath math) {
    VectorField field() {
      return input.field();
    }

    VectorRows rows() {
      return input.rows();
    }

    void copy(int item, float[] to) {
      copy(item, to, 0);
    }

    void copy(int item, float[] to, int at) {
      rows().copy(item, to, at);
      if (field().metric() == Metric.COSINE) {
        UnitLength.scale(math, to, at, field().dimension());
      }
    }

    /** The vectors of groups for the graph, in the given order of groups. */
    LinkSpace space(Distinct distinct, int[] groups) {
      return LinkSpace.of(
          field().metric(),
          math,
          groups.length,
          field().dimension(),
          (number, to, at) -> copy(distinct.first(groups[number]), to, at));
    }

    /** Their codes. */
    NodeCodes codes(CodeSpace space, Distinct distinct, int[] groups, Workers workers) {
      NodeCodes codes = NodeCodes.allocate(groups.length, field().dimension());
      workers.loop(
          Math.ceilDiv(groups.length, CODED_TOGETHER),
          (worker, part) -> {
            NodeCoder coder = new NodeCoder(space);
            float[] vector = new float[field().dimension()];
            int from = part * CODED_TOGETHER;
            for (int i = from; i < Math.min(groups.length, from + CODED_TOGETHER); i++) {
              copy(distinct.first(groups[i]), vector);
              coder.code(vector, codes, i);
            }
          });
      return codes;
    }

    /**
     * The vectors of groups that the blob is to have, as they were given: a copy, because the
     * host's rows may be gone when the blob is written.
     */
    float[][] stored(Distinct distinct, int[] groups) {
      float[][] copies = new float[input.vectorsAtHand() ? 0 : groups.length][];
      Arrays.setAll(
          copies,
          number -> {
            float[] copy = new float[field().dimension()];
            rows().copy(distinct.first(groups[number]), copy, 0);
            return copy;
          });
      return copies;
    }
  }

  private static HnswBuild flat(Vectors source, Distinct distinct) {
    int[] order = new int[distinct.groups()];
    Arrays.setAll(order, i -> i);
    CodeSpace space = source.space(distinct, order).codes();
    NodeCodes codes;
    try (Workers alone = new Workers(1)) {
      codes = source.codes(space, distinct, order, alone);
    }
    int[] rows = rowsOf(distinct, order, source.rows());
    return new HnswBuild(
        new Built(
            layout(source, order.length, rows, 0, 0, NO_LEVELS, Calibration.NONE),
            codes,
            source.stored(distinct, order),
            new Graph(NO_LINKS, new Links[0], NO_LEVELS),
            space.center(),
            Calibration.NONE,
            order,
            startsOf(distinct, order),
            rows),
        Optional.empty());
  }

  private static HnswBuild graph(
      Vectors source, Distinct distinct, int m, int efConstruction, PluginContext context) {
    int count = distinct.groups();
    Numbering numbering = numbering(source.input(), distinct, m, efConstruction, context.seed());
    int[] numbered = numbering.groups();
    LinkSpace space = source.space(distinct, numbered);
    NodeCodes codes;
    Graph graph;
    Calibration calibration;
    int[] parents;
    try (Workers workers = new Workers(Math.max(1, context.parallelism()))) {
      codes = source.codes(space.codes(), distinct, numbered, workers);
      GraphBuilder builder = new GraphBuilder(space.vectors(), m, efConstruction, workers);
      numbering.inheritance().ifPresent(former -> builder.inherit(former, context::checkCancelled));
      int linked = count - numbering.heldOut();
      finish(builder, linked, context);
      Calibrator calibrator =
          new Calibrator(space, codes, builder.graph(), linked, workers, context::checkCancelled);
      finish(builder, count, context);
      calibration = calibrator.finish(builder.graph(), context.seed());
      graph = builder.graph();
      parents = builder.parents();
    }
    int[] levelSizes = LevelSizes.of(count, m);
    int[] order = LocalityOrder.of(parents, levelSizes[levelSizes.length - 1]);
    int[] groups = new int[count];
    Arrays.setAll(groups, node -> numbered[order[node]]);
    int[] rows = rowsOf(distinct, groups, source.rows());
    boolean mayReorder = source.input().mayReorder();
    Optional<int[]> rowOrder =
        mayReorder ? Optional.of(rowOrder(rows, source.rows().segmentRows())) : Optional.empty();
    if (mayReorder) {
      Arrays.setAll(rows, place -> place);
    }
    return new HnswBuild(
        new Built(
            layout(source, count, rows, m, efConstruction, levelSizes, calibration),
            codes,
            source.stored(distinct, numbered),
            graph,
            space.center(),
            calibration,
            order,
            startsOf(distinct, groups),
            rows),
        rowOrder);
  }

  /**
   * How nodes are numbered: so that the largest of the former graphs is taken over, if it is worth
   * it.
   */
  private static Numbering numbering(
      VectorIndexInput input, Distinct distinct, int m, int efConstruction, long seed) {
    int count = distinct.groups();
    int heldOut = Math.min(count > MANY ? QUERIES / 2 : QUERIES, count / 10);
    return input.former().stream()
        .findFirst()
        .flatMap(largest ->
            former(largest, m, efConstruction)
                .flatMap(graph ->
                    Numbering.after(
                        graph,
                        largest.items(),
                        distinct,
                        heldOut,
                        LevelSizes.of(count, m)[0],
                        seed)))
        .orElseGet(() -> Numbering.fresh(count, heldOut, seed));
  }

  /** A former graph, if it is as one would be built now, and found what it was asked for. */
  private static Optional<Former> former(FormerVectorIndex index, int m, int efConstruction) {
    try {
      return Optional.of(BlobLoader.former(index.index()))
          .filter(former ->
              former.layout().m() == m
                  && former.layout().efConstruction() == efConstruction
                  && former.ordinary().forRecall(TRUSTED).ten() < BeamWidth.NEVER);
    } catch (ElacsymException e) {
      if (e.kind() == ErrorKind.CORRUPT) {
        LOG.log(
            Level.INFO,
            "the graph of field {0} is built anew: a former one cannot be read: {1}",
            index.index().field().name(),
            e.getMessage());
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Links the nodes up to {@code to}, exclusive, and leaves the lists as they will be stored. */
  private static void finish(GraphBuilder builder, int to, PluginContext context) {
    builder.insert(to, context::checkCancelled);
    builder.trim(to);
    Connectivity.repair(
        builder.graph(), builder.vectors(), to, builder.limit(0), context::checkCancelled);
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
        !isIdentity(rows),
        !source.input().vectorsAtHand());
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
