package io.elacsym.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.Encoding;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.oracle.ExactNeighbors;
import io.elacsym.tck.oracle.Recall;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Blobs that an earlier release wrote stay readable. The files are never written again: a change
 * that breaks this test needs a new version of the format.
 */
class GoldenBlobTest {
  private static final Encoding STORED = Encoding.of("hnsw", 1);

  /** Without a graph, three of four rows with a vector. */
  static final VectorField FLAT = new VectorField("vector", 3, Metric.DOT);

  /** With a graph, m 8, built for a stored segment with gaps and equal vectors. */
  static final VectorField GRAPH = new VectorField("vector", 4, Metric.COSINE);

  /** With a graph, m 8, built for a segment whose vectors are at hand. */
  static final VectorField AT_HAND = new VectorField("vector", 5, Metric.L2);

  @Test
  void version1WithoutAGraphIsRead() throws IOException {
    TestVectors vectors = flatVectors();
    try (VectorIndexReader reader = open("flat-v1.hnsw", FLAT, vectors)) {
      assertThat(reader.count()).isEqualTo(30);
      assertThat(reader.capabilities().exact()).isFalse();
      assertThat(recall(reader, FLAT, vectors, 0.5)).isEqualTo(1);
    }
  }

  @Test
  void version1WithoutVectorsIsRead() throws IOException {
    TestVectors vectors = atHand();
    try (VectorIndexReader reader = open("at-hand-v1.hnsw", AT_HAND, vectors)) {
      assertThat(recall(reader, AT_HAND, vectors, 1)).isEqualTo(1);
      assertThat(recall(reader, AT_HAND, vectors, 0.95)).isGreaterThanOrEqualTo(0.95);
    }
  }

  @Test
  void version1WithAGraphIsRead() throws IOException {
    TestVectors vectors = graphVectors();
    try (VectorIndexReader reader = open("graph-v1.hnsw", GRAPH, vectors)) {
      assertThat(reader.count()).isEqualTo(1150);
      assertThat(reader.capabilities().exact()).isFalse();
      assertThat(recall(reader, GRAPH, vectors, 1)).isEqualTo(1);
      assertThat(recall(reader, GRAPH, vectors, 0.95)).isGreaterThanOrEqualTo(0.95);
      float[] query = vectors.vector(77);
      assertThat(
              reader
                  .search(Indexes.query(query, 10, RowSet.all(vectors.segmentRows()), 0.95))
                  .scored())
          .as("vectors compared, by the graph")
          .isLessThan(600);
    }
  }

  static TestVectors flatVectors() {
    return TestVectors.of(draw(30, 3, 1)).withGaps(4);
  }

  static TestVectors atHand() {
    return TestVectors.of(draw(1024, 5, 4));
  }

  static TestVectors graphVectors() {
    float[][] vectors = Arrays.copyOf(draw(1100, 4, 2), 1150);
    System.arraycopy(vectors, 0, vectors, 1100, 50);
    return TestVectors.of(vectors).withGaps(7);
  }

  /** The same numbers for ever: {@link Random#nextFloat} is specified down to the bit. */
  private static float[][] draw(int count, int dimension, long seed) {
    Random random = new Random(seed);
    float[][] vectors = new float[count][dimension];
    for (float[] vector : vectors) {
      for (int i = 0; i < dimension; i++) {
        vector[i] = 2 * random.nextFloat() - 1;
      }
    }
    return vectors;
  }

  private static VectorIndexReader open(String name, VectorField field, TestVectors vectors)
      throws IOException {
    try (InputStream file =
        Objects.requireNonNull(GoldenBlobTest.class.getResourceAsStream("/golden/" + name))) {
      assertThat(Indexes.PROVIDER.canRead(STORED)).isTrue();
      return Indexes.PROVIDER.open(
          new StoredVectorIndex(
              field,
              STORED,
              new MemoryBlobSource(file.readAllBytes()),
              vectors.segmentRows(),
              vectors.stored()),
          Indexes.context());
    }
  }

  private static double recall(
      VectorIndexReader reader, VectorField field, TestVectors vectors, double target) {
    ExactNeighbors oracle = new ExactNeighbors(field, vectors);
    double sum = 0;
    float[][] queries = draw(50, field.dimension(), 3);
    for (float[] vector : queries) {
      VectorQuery query = Indexes.query(vector, 10, RowSet.all(vectors.segmentRows()), target);
      sum += Recall.of(reader.search(query), oracle.search(query));
    }
    return sum / queries.length;
  }
}
