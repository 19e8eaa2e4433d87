package io.elacsym.index.ivf.build;

import io.elacsym.api.PluginContext;
import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorRows;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.codes.Rotation;
import io.elacsym.index.codes.Similarity;
import io.elacsym.index.codes.Space;
import io.elacsym.index.ivf.blob.v1.BlobContent;
import io.elacsym.index.ivf.blob.v1.Footer;
import io.elacsym.index.ivf.blob.v1.ListTable;
import io.elacsym.index.ivf.blob.v1.RecallCurve;
import io.elacsym.index.ivf.quantizer.CodeShape;
import io.elacsym.index.ivf.quantizer.Flat;
import io.elacsym.index.ivf.quantizer.Product;
import io.elacsym.index.ivf.quantizer.Quantizer;
import io.elacsym.index.ivf.quantizer.Rabitq;
import io.elacsym.index.ivf.quantizer.Sq8;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Builds one index: clusters, lays out, codes, calibrates. */
public final class IvfBuilder {
  /** Below so many vectors one list is searched whole, which is exact and fast enough. */
  private static final int LEAST_CLUSTERED = 1536;

  private static final int PART = 512;

  private final VectorIndexInput input;
  private final VectorField field;
  private final VectorRows rows;
  private final PluginContext context;
  private final int listRows;
  private final QuantizerChoice wanted;
  private final Similarity similarity;
  private final Vectors vectors;
  private final Parallel parallel;
  private final SplittableRandom random;

  /**
   * @param listRows how many rows a list should have
   * @param wanted what is scanned, where there is more than one list
   */
  public IvfBuilder(
      VectorIndexInput input, int listRows, QuantizerChoice wanted, PluginContext context) {
    this.input = input;
    this.field = input.field();
    this.rows = input.rows();
    this.context = context;
    this.listRows = listRows;
    this.wanted = wanted;
    this.similarity = new Similarity(field.metric(), context.math());
    this.vectors = new Vectors(rows, field.dimension(), similarity);
    this.parallel = new Parallel(context);
    this.random = new SplittableRandom(context.seed());
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by the build that is returned
  public VectorIndexBuild build() {
    // Everything is copied, because the rows may not be looked at after the build.
    Arena arena = Arena.ofShared();
    try {
      return build(arena);
    } catch (RuntimeException | Error failure) {
      arena.close();
      throw failure;
    }
  }

  private IvfBuild build(Arena arena) {
    boolean clustered = vectors.count() >= Math.max(LEAST_CLUSTERED, 2 * listRows);
    Layout layout = clustered ? layout() : new Layout(Clustering.single(vectors.count()), 0);
    Clustering clustering = layout.clustering();
    int[] items = new int[vectors.count()];
    int[] first = new int[clustering.lists().size() + 1];
    for (int list = 0; list < clustering.lists().size(); list++) {
      int[] members = clustering.lists().get(list);
      System.arraycopy(members, 0, items, first[list], members.length);
      first[list + 1] = first[list] + members.length;
    }

    MemorySegment packed = arena.allocate(4L * field.dimension() * items.length, Footer.ALIGNMENT);
    pack(items, vectors::load, packed);
    long seed = random.nextLong();
    Space space = new Space(Middle.of(vectors, random), new Rotation(field.dimension(), seed));
    ListTable table = ListSummary.of(packed, first, space, context.math(), parallel);
    // One short list is scanned quickly as it is. Codes would only be a second copy of its vectors.
    QuantizerChoice choice = clustered ? wanted : new QuantizerChoice(Flat.NAME, 0);
    Quantizer quantizer = quantizer(choice, table, space, packed);
    MemorySegment codes = MemorySegment.NULL;
    if (!quantizer.shape().isEmpty()) {
      long bytes = (long) quantizer.shape().blockBytes() * CodeShape.blocks(items.length);
      codes = arena.allocate(bytes, Footer.ALIGNMENT);
      new Coding(table, space, quantizer, field.metric(), context.math())
          .code(packed, codes, parallel);
    }
    RecallCurve curve =
        clustered
            ? new Calibrator(table, layout.always(), space, packed, similarity, random, parallel)
                .curve()
            : RecallCurve.NONE;

    boolean reorder = input.mayReorder() && clustered;
    boolean inRowOrder = reorder || isInRowOrder(items);
    return new IvfBuild(
        arena,
        new BlobContent(
            new Footer(
                field.metric(),
                quantizer.name(),
                choice.storedBits(),
                field.dimension(),
                items.length,
                rows.segmentRows(),
                clustering.lists().size(),
                layout.always(),
                !inRowOrder,
                !input.vectorsAtHand(),
                curve.recalls().length,
                seed,
                curve.boundary(),
                curve.spread()),
            input.vectorsAtHand() ? MemorySegment.NULL : asTheyCame(items, packed, arena),
            codes,
            inRowOrder ? new int[0] : Arrays.stream(items).map(rows::row).toArray(),
            space.middle(),
            table,
            quantizer,
            curve),
        reorder ? rowOrder(items) : new int[0]);
  }

  /**
   * The lists in their order.
   *
   * @param always how many of them, the first ones, are always visited
   */
  private record Layout(Clustering clustering, int always) {}

  private Layout layout() {
    VectorMath math = context.math();
    Clustering found = Clustering.of(vectors, listRows, random, parallel, math);
    Optional<Clustering> parted = Outliers.apart(vectors, found, means(found), math, parallel);
    Clustering apart = parted.orElse(found);
    int always = parted.isPresent() ? 1 : 0;
    List<int[]> lists = new ArrayList<>(apart.lists().subList(0, always));
    Clustering others = new Clustering(apart.lists().subList(always, apart.lists().size()));
    for (int list : new ListOrder(means(others), field.dimension(), math).order()) {
      lists.add(others.lists().get(list));
    }
    return new Layout(new Clustering(lists), always);
  }

  private float[] means(Clustering clustering) {
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
    return means;
  }

  private Quantizer quantizer(
      QuantizerChoice choice, ListTable table, Space space, MemorySegment packed) {
    int components = space.components();
    return switch (choice.name()) {
      case Rabitq.NAME -> new Rabitq(components, choice.bits());
      case Product.NAME ->
          new Product(components, Codebooks.learn(table, space, packed, random, parallel));
      case Sq8.NAME -> new Sq8(components);
      default -> new Flat();
    };
  }

  /**
   * The vectors that the blob has: those that were given, and not what is compared while building.
   * So a score is the same number wherever the vector is read from.
   */
  private MemorySegment asTheyCame(int[] items, MemorySegment packed, Arena arena) {
    if (field.metric() != Metric.COSINE) {
      return packed;
    }
    MemorySegment given = arena.allocate(packed.byteSize(), Footer.ALIGNMENT);
    pack(items, (item, to) -> rows.copy(item, to, 0), given);
    return given;
  }

  /** Copies the vector of an item. */
  private interface Loader {
    void load(int item, float[] to);
  }

  private void pack(int[] items, Loader loader, MemorySegment packed) {
    int dimension = field.dimension();
    parallel.forEach(
        items.length,
        PART,
        () -> {
          float[] vector = new float[dimension];
          return (from, to) -> {
            for (int i = from; i < to; i++) {
              loader.load(items[i], vector);
              Bytes.put(vector, packed, 4L * dimension * i);
            }
          };
        });
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
