package io.elacsym.index.hnsw;

import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.StoredVectors;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.oracle.ExactNeighbors;
import io.elacsym.tck.oracle.Recall;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/** Builds, opens and asks indexes. */
public final class Indexes {
  static final HnswProvider PROVIDER = new HnswProvider();

  private Indexes() {}

  /** An index and what it was built from, with rows as the index numbers them. */
  public record Index(VectorField field, TestVectors vectors, MemoryBlobSource blob) {
    VectorIndexReader open() {
      return open(blob);
    }

    VectorIndexReader open(MemoryBlobSource source) {
      return open(source, context());
    }

    VectorIndexReader open(MemoryBlobSource source, PluginContext context) {
      return PROVIDER.open(stored(source), context);
    }

    StoredVectorIndex stored(MemoryBlobSource source) {
      return stored(source, vectors.stored());
    }

    public StoredVectorIndex stored(BlobSource source, StoredVectors segment) {
      return new StoredVectorIndex(
          field, PROVIDER.encoding(), source, vectors.segmentRows(), segment);
    }

    RowSet all() {
      return RowSet.all(vectors.segmentRows());
    }

    /** Mean recall over queries, each with its own filter. */
    double recall(
        VectorIndexReader reader,
        float[][] queries,
        int k,
        double target,
        IntFunction<RowSet> accept) {
      ExactNeighbors oracle = new ExactNeighbors(field, vectors);
      double sum = 0;
      for (int i = 0; i < queries.length; i++) {
        VectorQuery query = query(queries[i], k, accept.apply(i), target);
        sum += Recall.of(reader.search(query), oracle.search(query));
      }
      return sum / queries.length;
    }

    VectorHits exact(float[] query, int k) {
      return new ExactNeighbors(field, vectors).search(query(query, k, all(), 1));
    }
  }

  public static TestContext context() {
    return TestContext.of(PROVIDER);
  }

  static Index build(VectorField field, TestVectors vectors) {
    return build(field, vectors, true, context());
  }

  static Index build(
      VectorField field, TestVectors vectors, boolean mayReorder, Map<String, String> options) {
    return build(field, vectors, mayReorder, TestContext.of(PROVIDER, options));
  }

  public static Index build(
      VectorField field, TestVectors vectors, boolean mayReorder, TestContext context) {
    return build(VectorIndexInput.of(field, vectors, mayReorder), vectors, context);
  }

  /** Of a segment whose vectors are at hand, so that the blob has none. */
  static Index withoutVectors(VectorField field, TestVectors vectors) {
    return withoutVectors(field, vectors, Map.of());
  }

  static Index withoutVectors(VectorField field, TestVectors vectors, Map<String, String> options) {
    VectorIndexInput input = new VectorIndexInput(field, vectors, true, true, List.of());
    return build(input, vectors, TestContext.of(PROVIDER, options));
  }

  /**
   * @param vectors those of the input
   */
  public static Index build(VectorIndexInput input, TestVectors vectors, TestContext context) {
    try (VectorIndexBuild build = PROVIDER.build(input, context)) {
      MemoryBlobSink sink = new MemoryBlobSink();
      build.write(sink);
      TestVectors numbered = build.rowOrder().map(vectors::reordered).orElse(vectors);
      return new Index(input.field(), numbered, sink.source());
    }
  }

  static VectorQuery query(float[] vector, int k, RowSet accept, double recallTarget) {
    return new VectorQuery(vector, k, accept, recallTarget, OptionalInt.empty());
  }
}
