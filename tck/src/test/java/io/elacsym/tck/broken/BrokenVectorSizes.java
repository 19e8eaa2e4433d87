package io.elacsym.tck.broken;

import io.elacsym.api.PluginContext;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.api.index.VectorRows;
import io.elacsym.tck.index.TestVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Vector indexes that are right for what is neither small nor large. */
final class BrokenVectorSizes {
  private static final String DIMENSIONS = "vectors of any dimension are compared as a whole";
  private static final String ZEROS = "zero vectors are rows like others, in every metric";
  private static final String LENGTHS = "the longest and the shortest vectors are found";
  private static final String SCALES =
      "recall reaches its target whatever the scale of the vectors";
  private static final String BEYOND_SHORTS = "rows beyond 65,535 are found";
  private static final String FEW =
      "a filter that accepts one row in ten thousand is answered in full";
  private static final String THOUSAND = "a thousand hits come back, whatever the filter";

  private BrokenVectorSizes() {}

  /** The promise about recall for a metric. */
  private static String targets(String metric) {
    return "recall reaches every target for every k, with and without filters, " + metric;
  }

  static List<BrokenPart> parts() {
    return List.of(
        asking(
            "looks at 1,024 components",
            query -> {
              float[] cut = query.clone();
              Arrays.fill(cut, Math.min(1024, cut.length), cut.length, 0);
              return cut;
            },
            DIMENSIONS),
        asking(
            "looks at pairs of components",
            query -> {
              float[] cut = query.clone();
              Arrays.fill(cut, cut.length & ~1, cut.length, 0);
              return cut;
            },
            DIMENSIONS),
        BrokenVectorIndexTest.broken("drops zero vectors", new DropsZeros(), ZEROS),
        BrokenVectorIndexTest.searching(
            "divides by a length of zero",
            (inner, query) -> {
              VectorHits hits = inner.search(query);
              return isZero(query.vector()) ? BrokenVectorIndexTest.scaled(hits, Float.NaN) : hits;
            },
            ZEROS),
        BrokenVectorIndexTest.searching(
            "squares long vectors",
            (inner, query) ->
                BrokenVectorIndexTest.scaled(
                    BrokenVectorIndexTest.scaled(inner.search(query), 1e10f), 1e-10f),
            LENGTHS),
        asking(
            "takes short vectors for zeros",
            query -> isShort(query) ? new float[query.length] : query,
            LENGTHS),
        BrokenVectorIndexTest.searching(
            "estimates errors of small scores as zero",
            (inner, query) -> {
              VectorHits hits = inner.search(query);
              float best = hits.scores().length == 0 ? 1 : Math.abs(hits.scores()[0]);
              return isShort(query.vector()) || best > 1e15 || best < 1e-25
                  ? forgetting(inner, query, 0.2)
                  : hits;
            },
            SCALES),
        BrokenVectorIndexTest.searching(
            "numbers rows with 16 bits",
            (inner, query) -> {
              VectorHits hits = inner.search(query);
              int[] rows = Arrays.stream(hits.rows()).map(row -> row & 0xffff).toArray();
              return new VectorHits(rows, hits.scores(), hits.scored());
            },
            BEYOND_SHORTS),
        BrokenVectorIndexTest.searching(
            "gives up where one row in five thousand is accepted",
            (inner, query) ->
                query.accept().cardinality() * 5000L < query.accept().rowCount()
                    ? new VectorHits(new int[0], new float[0], 0)
                    : inner.search(query),
            FEW),
        BrokenVectorIndexTest.searching(
            "has room for 64 hits of a filter",
            (inner, query) ->
                query.accept().isAll() ? inner.search(query) : inner.search(atMost(query, 64)),
            THOUSAND),
        BrokenVectorIndexTest.searching(
            "has room for 512 hits", (inner, query) -> inner.search(atMost(query, 512)), THOUSAND),
        forgetting("reaches .95, whatever the target", query -> query.k() == 10, targets("l2")),
        forgetting(
            "is calibrated where there are many rows",
            query -> query.accept().rowCount() <= 4096,
            "recall reaches every target on segments of few rows"),
        forgetting("is calibrated for ten hits", query -> query.k() == 100, targets("cosine")),
        forgetting(
            "is calibrated without filters",
            query -> !query.accept().isAll() && query.k() <= 10,
            targets("dot")));
  }

  private interface Asked {
    float[] of(float[] query);
  }

  private static BrokenPart asking(String what, Asked asked, String... guards) {
    return BrokenVectorIndexTest.searching(
        what,
        (inner, query) ->
            inner.search(
                new VectorQuery(
                    asked.of(query.vector()),
                    query.k(),
                    query.accept(),
                    query.recallTarget(),
                    query.effort())),
        guards);
  }

  private static VectorQuery atMost(VectorQuery query, int k) {
    return new VectorQuery(
        query.vector(),
        Math.min(k, query.k()),
        query.accept(),
        query.recallTarget(),
        query.effort());
  }

  /** Finds 96 % where more is asked for. */
  private static BrokenPart forgetting(
      String what, Predicate<VectorQuery> where, String... guards) {
    return BrokenVectorIndexTest.searching(
        what,
        (inner, query) ->
            where.test(query) && query.recallTarget() > 0.95 && query.recallTarget() < 1
                ? forgetting(inner, query, 0.04)
                : inner.search(query),
        guards);
  }

  /** Loses a share of the nearest, and fills up with those that come after them. */
  private static VectorHits forgetting(VectorIndexReader inner, VectorQuery query, double share) {
    int wanted = Math.min(query.k(), query.accept().cardinality());
    VectorQuery more =
        new VectorQuery(
            query.vector(),
            query.k() + query.k() / 5 + 30,
            query.accept(),
            query.recallTarget(),
            query.effort());
    VectorHits hits = inner.search(more);
    Random random = new Random(Arrays.hashCode(query.vector()));
    List<Integer> kept = new ArrayList<>();
    List<Integer> lost = new ArrayList<>();
    for (int i = 0; i < hits.rows().length; i++) {
      (random.nextDouble() < share ? lost : kept).add(i);
    }
    kept.addAll(lost);
    return BrokenVectorIndexTest.picked(
        hits, kept.subList(0, Math.min(wanted, kept.size())).stream().sorted().toList());
  }

  private static boolean isZero(float[] vector) {
    return IntStream.range(0, vector.length).allMatch(i -> vector[i] == 0);
  }

  private static boolean isShort(float[] vector) {
    return IntStream.range(0, vector.length).allMatch(i -> Math.abs(vector[i]) < 1e-8f);
  }

  private static final class DropsZeros extends ForwardingVectorIndex {
    @Override
    public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
      VectorRows all = input.rows();
      List<float[]> vectors = new ArrayList<>();
      List<Integer> rows = new ArrayList<>();
      for (int item = 0; item < all.count(); item++) {
        float[] vector = new float[input.field().dimension()];
        all.copy(item, vector, 0);
        if (!isZero(vector) || (vectors.isEmpty() && item == all.count() - 1)) {
          vectors.add(vector);
          rows.add(all.row(item));
        }
      }
      TestVectors kept =
          TestVectors.of(
              all.segmentRows(),
              rows.stream().mapToInt(row -> row).toArray(),
              vectors.toArray(float[][]::new));
      return plain.build(VectorIndexInput.of(input.field(), kept, input.mayReorder()), context);
    }
  }
}
