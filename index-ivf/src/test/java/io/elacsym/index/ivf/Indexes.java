package io.elacsym.index.ivf;

import io.elacsym.api.PluginContext;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.StoredVectors;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.oracle.ExactNeighbors;
import io.elacsym.tck.oracle.Recall;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/** What the tests build and search with. */
final class Indexes {
  static final IvfIndexProvider PROVIDER = new IvfIndexProvider();

  private Indexes() {}

  /** A written index and the vectors as it numbers them. */
  record Written(VectorField field, TestVectors vectors, byte[] blob) {
    MemoryBlobSource source() {
      return new MemoryBlobSource(blob);
    }

    VectorIndexReader open(MemoryBlobSource source) {
      return open(source, vectors.stored(), context());
    }

    VectorIndexReader open(MemoryBlobSource source, StoredVectors segment, PluginContext context) {
      return PROVIDER.open(
          new StoredVectorIndex(field, PROVIDER.encoding(), source, vectors.segmentRows(), segment),
          context);
    }

    BlobHead head() {
      return BlobHead.read(field, source(), vectors.segmentRows());
    }

    RowSet all() {
      return RowSet.all(vectors.segmentRows());
    }
  }

  static TestContext context(String... options) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      given.put(options[i], options[i + 1]);
    }
    return TestContext.of(PROVIDER, given);
  }

  /** Of a segment whose vectors are at hand, as those of the default format are. */
  static Written write(
      VectorField field, TestVectors vectors, boolean mayReorder, PluginContext context) {
    return write(
        vectors, new VectorIndexInput(field, vectors, mayReorder, true, List.of()), context);
  }

  /** Of a segment whose vectors are not at hand. */
  static Written writeWithVectors(
      VectorField field, TestVectors vectors, boolean mayReorder, PluginContext context) {
    return write(vectors, VectorIndexInput.of(field, vectors, mayReorder), context);
  }

  private static Written write(TestVectors vectors, VectorIndexInput input, PluginContext context) {
    try (VectorIndexBuild build = PROVIDER.build(input, context)) {
      MemoryBlobSink sink = new MemoryBlobSink();
      build.write(sink);
      TestVectors numbered = build.rowOrder().map(vectors::reordered).orElse(vectors);
      return new Written(input.field(), numbered, sink.bytes());
    }
  }

  static VectorQuery query(float[] vector, int k, RowSet accept, double recallTarget) {
    return new VectorQuery(vector, k, accept, recallTarget, OptionalInt.empty());
  }

  static RowSet share(int rows, double share, Random random) {
    BitSet bits = new BitSet(rows);
    for (int row = 0; row < rows; row++) {
      bits.set(row, random.nextDouble() < share);
    }
    return RowSet.of(rows, bits);
  }

  /** The rows in a part of the exact ranking, such as the farthest half. */
  static RowSet ranked(ExactNeighbors oracle, float[] query, int rows, double from, double to) {
    int[] ranking = oracle.search(query(query, rows, RowSet.all(rows), 1)).rows();
    BitSet bits = new BitSet(rows);
    for (int i = (int) (from * ranking.length); i < (int) (to * ranking.length); i++) {
      bits.set(ranking[i]);
    }
    return RowSet.of(rows, bits);
  }

  static double recall(VectorIndexReader reader, ExactNeighbors oracle, VectorQuery query) {
    VectorHits exact = oracle.search(query);
    return Recall.of(reader.search(query), exact);
  }
}
