package io.elacsym.index.ivf.build;

import io.elacsym.api.PluginContext;
import io.elacsym.api.VectorMath;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorRows;
import io.elacsym.index.ivf.blob.v1.BlobContent;
import io.elacsym.index.ivf.blob.v1.Footer;
import io.elacsym.index.ivf.blob.v1.RecallCurve;
import io.elacsym.index.ivf.quantizer.Bytes;
import io.elacsym.index.ivf.quantizer.Flat;
import io.elacsym.index.ivf.quantizer.Quantizer;
import io.elacsym.index.ivf.quantizer.Scale;
import io.elacsym.index.ivf.quantizer.Similarity;
import io.elacsym.index.ivf.quantizer.Sq8;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Builds one index: clusters, lays out, codes, calibrates. */
public final class IvfBuilder {
  /** Below so many vectors one list is searched whole, which is exact and fast enough. */
  private static final int LEAST_CLUSTERED = 1536;

  private static final int PART = 512;

  private final VectorField field;
  private final VectorRows rows;
  private final PluginContext context;
  private final int listRows;
  private final String wantedQuantizer;
  private final Similarity similarity;
  private final Vectors vectors;
  private final Parallel parallel;
  private final SplittableRandom random;

  /**
   * @param listRows how many rows a list should have
   * @param quantizer the name of what is scanned, where there is more than one list
   */
  public IvfBuilder(
      VectorField field, VectorRows rows, int listRows, String quantizer, PluginContext context) {
    this.field = field;
    this.rows = rows;
    this.context = context;
    this.listRows = listRows;
    this.wantedQuantizer = quantizer;
    this.similarity = new Similarity(field.metric(), context.math());
    this.vectors = new Vectors(rows, field.dimension(), similarity);
    this.parallel = new Parallel(context);
    this.random = new SplittableRandom(context.seed());
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by the build that is returned
  public VectorIndexBuild build(boolean mayReorder) {
    // Everything is copied, because the rows may not be looked at after the build.
    Arena arena = Arena.ofShared();
    try {
      return build(mayReorder, arena);
    } catch (RuntimeException | Error failure) {
      arena.close();
      throw failure;
    }
  }

  private IvfBuild build(boolean mayReorder, Arena arena) {
    boolean clustered = vectors.count() >= Math.max(LEAST_CLUSTERED, 2 * listRows);
    Clustering clustering = Clustering.single(vectors.count());
    if (clustered) {
      clustering =
          ordered(
              Clustering.of(vectors, listRows, random, parallel, context.math()), context.math());
    }
    int[] items = new int[vectors.count()];
    int[] first = new int[clustering.lists().size() + 1];
    for (int list = 0; list < clustering.lists().size(); list++) {
      int[] members = clustering.lists().get(list);
      System.arraycopy(members, 0, items, first[list], members.length);
      first[list + 1] = first[list] + members.length;
    }

    MemorySegment packed = arena.allocate(4L * field.dimension() * items.length, Footer.ALIGNMENT);
    pack(items, packed);
    ListSummary summary =
        ListSummary.of(packed, first, field.dimension(), context.math(), parallel);
    Quantizer quantizer = quantizer(packed, items.length, clustered);
    MemorySegment codes = MemorySegment.NULL;
    if (quantizer instanceof Sq8 sq8) {
      codes = encode(sq8, packed, items.length, arena);
    }
    RecallCurve curve =
        clustered
            ? new Calibrator(summary.table(), packed, similarity, random, parallel).curve()
            : RecallCurve.NONE;

    boolean reorder = mayReorder && clustered;
    boolean inRowOrder = reorder || isInRowOrder(items);
    return new IvfBuild(
        arena,
        new BlobContent(
            new Footer(
                field.metric(),
                quantizer.name(),
                field.dimension(),
                items.length,
                rows.segmentRows(),
                clustering.lists().size(),
                !inRowOrder,
                curve.recalls().length,
                curve.spread(),
                curve.surprise()),
            packed,
            codes,
            inRowOrder ? new int[0] : Arrays.stream(items).map(rows::row).toArray(),
            summary.table(),
            summary.scale(),
            summary.codes(),
            quantizer,
            curve),
        reorder ? rowOrder(items) : new int[0]);
  }

  private Clustering ordered(Clustering clustering, VectorMath math) {
    int dimension = field.dimension();
    float[] means = new float[clustering.lists().size() * dimension];
    parallel.forEach(
        clustering.lists().size(),
        1,
        () -> {
          float[] vector = new float[dimension];
          return (from, to) -> {
            for (int list = from; list < to; list++) {
              int[] members = clustering.lists().get(list);
              for (int item : members) {
                vectors.load(item, vector);
                for (int j = 0; j < dimension; j++) {
                  means[list * dimension + j] += vector[j] / members.length;
                }
              }
            }
          };
        });
    int[] order = new ListOrder(means, dimension, math).order();
    return new Clustering(Arrays.stream(order).mapToObj(clustering.lists()::get).toList());
  }

  private void pack(int[] items, MemorySegment packed) {
    int dimension = field.dimension();
    parallel.forEach(
        items.length,
        PART,
        () -> {
          float[] vector = new float[dimension];
          return (from, to) -> {
            for (int i = from; i < to; i++) {
              vectors.load(items[i], vector);
              Bytes.put(vector, packed, 4L * dimension * i);
            }
          };
        });
  }

  private Quantizer quantizer(MemorySegment packed, int count, boolean clustered) {
    // One short list is scanned quickly as it is. Codes would only be a second copy of its vectors.
    if (!clustered || wantedQuantizer.equals(Flat.NAME)) {
      return new Flat();
    }
    int dimension = field.dimension();
    float[] min = new float[dimension];
    float[] max = new float[dimension];
    Arrays.fill(min, Float.POSITIVE_INFINITY);
    Arrays.fill(max, Float.NEGATIVE_INFINITY);
    parallel.forEach(
        count,
        8 * PART,
        () -> {
          float[] vector = new float[dimension];
          float[] ownMin = new float[dimension];
          float[] ownMax = new float[dimension];
          return (from, to) -> {
            Arrays.fill(ownMin, Float.POSITIVE_INFINITY);
            Arrays.fill(ownMax, Float.NEGATIVE_INFINITY);
            for (int i = from; i < to; i++) {
              MemorySegment.copy(packed, Bytes.F32, 4L * dimension * i, vector, 0, dimension);
              for (int j = 0; j < dimension; j++) {
                ownMin[j] = Math.min(ownMin[j], vector[j]);
                ownMax[j] = Math.max(ownMax[j], vector[j]);
              }
            }
            synchronized (min) {
              for (int j = 0; j < dimension; j++) {
                min[j] = Math.min(min[j], ownMin[j]);
                max[j] = Math.max(max[j], ownMax[j]);
              }
            }
          };
        });
    return new Sq8(Scale.between(min, max), field.metric());
  }

  private MemorySegment encode(Sq8 sq8, MemorySegment packed, int count, Arena arena) {
    int dimension = field.dimension();
    int stride = Sq8.stride(dimension, field.metric());
    MemorySegment codes = arena.allocate((long) stride * count, Footer.ALIGNMENT);
    parallel.forEach(
        count,
        PART,
        () -> {
          float[] vector = new float[dimension];
          Sq8.Encoder encoder = sq8.new Encoder();
          return (from, to) -> {
            for (int i = from; i < to; i++) {
              MemorySegment.copy(packed, Bytes.F32, 4L * dimension * i, vector, 0, dimension);
              encoder.encode(vector, codes, (long) stride * i);
            }
          };
        });
    return codes;
  }

  private boolean isInRowOrder(int[] items) {
    for (int i = 0; i < items.length; i++) {
      if (rows.row(items[i]) != i) {
        return false;
      }
    }
    return true;
  }

  /** Rows in the order of their items; rows without a vector last. */
  private int[] rowOrder(int[] items) {
    int[] order = new int[rows.segmentRows()];
    boolean[] placed = new boolean[order.length];
    int next = 0;
    for (int item : items) {
      int row = rows.row(item);
      order[next++] = row;
      placed[row] = true;
    }
    for (int row = 0; row < order.length; row++) {
      if (!placed[row]) {
        order[next++] = row;
      }
    }
    return order;
  }
}
