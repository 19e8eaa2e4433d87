package io.elacsym.tck.index;

import io.elacsym.api.Encoding;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.StoredVectors;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.oracle.ExactNeighbors;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Builds and opens indexes of the kind under test. */
record VectorIndexes(VectorIndexProvider provider, Map<String, String> options) {
  /**
   * A written index and what it was built from.
   *
   * @param vectors with rows as the index numbers them, that is, after it reordered them
   * @param order the index's row order, if it gave one
   */
  record Written(
      VectorField field,
      TestVectors vectors,
      MemoryBlobSource blob,
      Encoding encoding,
      Optional<int[]> order) {

    RowSet all() {
      return RowSet.all(vectors.segmentRows());
    }
  }

  /** An open index beside the oracle over the same vectors. */
  record Open(Written written, VectorIndexReader reader, ExactNeighbors oracle)
      implements AutoCloseable {
    VectorHits search(float[] query, int k, RowSet accept, double recallTarget) {
      return reader.search(query(query, k, accept, recallTarget));
    }

    VectorHits exact(float[] query, int k, RowSet accept) {
      return oracle.search(query(query, k, accept, 1));
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  static VectorQuery query(float[] vector, int k, RowSet accept, double recallTarget) {
    return new VectorQuery(vector, k, accept, recallTarget, OptionalInt.empty());
  }

  Written write(VectorField field, TestVectors vectors, boolean mayReorder) {
    return write(field, vectors, mayReorder, context());
  }

  Written write(VectorField field, TestVectors vectors, boolean mayReorder, TestContext context) {
    return write(
        vectors, new VectorIndexInput(field, vectors, mayReorder, true, List.of()), context);
  }

  /** Of a segment whose vectors are not at hand. */
  Written writeWithVectors(VectorField field, TestVectors vectors, boolean mayReorder) {
    return write(vectors, VectorIndexInput.of(field, vectors, mayReorder), context());
  }

  /**
   * @param vectors those of the input
   */
  Written write(TestVectors vectors, VectorIndexInput input, TestContext context) {
    try (VectorIndexBuild build = provider.build(input, context)) {
      Optional<int[]> order = build.rowOrder();
      order.ifPresent(rows -> expectPermutation(rows, vectors.segmentRows()));
      MemoryBlobSink sink = new MemoryBlobSink();
      build.write(sink);
      return new Written(
          input.field(),
          order.map(vectors::reordered).orElse(vectors),
          sink.source(),
          build.encoding(),
          order);
    }
  }

  private static void expectPermutation(int[] order, int rows) {
    Expect.equal("length of the row order", rows, order.length);
    BitSet seen = new BitSet();
    for (int row : order) {
      Expect.that(row >= 0 && row < rows, () -> "the row order names row " + row + " of " + rows);
      Expect.that(!seen.get(row), () -> "the row order names row " + row + " twice");
      seen.set(row);
    }
  }

  Open open(Written written) {
    return new Open(
        written,
        open(written, written.blob()),
        new ExactNeighbors(written.field(), written.vectors()));
  }

  VectorIndexReader open(Written written, BlobSource blob) {
    return open(written, blob, written.vectors().stored());
  }

  VectorIndexReader open(Written written, BlobSource blob, StoredVectors vectors) {
    return provider.open(
        new StoredVectorIndex(
            written.field(), written.encoding(), blob, written.vectors().segmentRows(), vectors),
        context());
  }

  VectorIndexReader open(Written written, TestContext context) {
    return provider.open(stored(written), context);
  }

  static StoredVectorIndex stored(Written written) {
    return new StoredVectorIndex(
        written.field(),
        written.encoding(),
        written.blob(),
        written.vectors().segmentRows(),
        written.vectors().stored());
  }

  TestContext context() {
    return TestContext.of(provider, options);
  }
}
