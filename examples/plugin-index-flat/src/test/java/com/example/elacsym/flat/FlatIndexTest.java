package com.example.elacsym.flat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
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
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the contract cannot know: this index's own bytes, reads and options. */
class FlatIndexTest {
  private static final FlatIndexProvider PROVIDER = new FlatIndexProvider();
  private static final VectorField PLANE = new VectorField("vector", 2, Metric.L2);

  /** Written by version 1.0.0. What users have stored must stay readable: never change it. */
  private static final String BLOB_OF_VERSION_1 =
      "464c4154494458310200000002000000000000000200000000000000000000000000404000008040";

  @Test
  void version1BlobsAreWrittenByteForByte() {
    TestVectors vectors = TestVectors.of(3, new int[] {0, 2}, new float[][] {{0, 0}, {3, 4}});
    assertEquals(BLOB_OF_VERSION_1, HexFormat.of().formatHex(blob(PLANE, vectors).bytes()));
  }

  @Test
  void version1BlobsAreRead() {
    MemoryBlobSource blob = new MemoryBlobSource(HexFormat.of().parseHex(BLOB_OF_VERSION_1));
    try (VectorIndexReader reader = open(PLANE, blob, 3, Map.of())) {
      VectorHits hits = reader.search(query(new float[] {3, 5}, RowSet.all(3)));
      assertArrayEquals(new int[] {2, 0}, hits.rows());
      assertArrayEquals(new float[] {-1, -34}, hits.scores());
    }
  }

  @Test
  void blocksWithoutAnAcceptedRowAreNotRead() {
    int rows = 10_000;
    TestVectors vectors = TestVectors.of(new float[rows][16]);
    VectorField field = new VectorField("vector", 16, Metric.DOT);
    MemoryBlobSource blob = blob(field, vectors);
    BitSet accepted = new BitSet();
    accepted.set(5_000);
    try (VectorIndexReader reader = open(field, blob, rows, Map.of("block_size", "4KB"))) {
      long before = blob.bytesRead();
      VectorHits hits = reader.search(query(new float[16], RowSet.of(rows, accepted)));
      assertArrayEquals(new int[] {5_000}, hits.rows());
      assertEquals(4096, blob.bytesRead() - before);
      assertEquals(64, hits.scored());
    }
  }

  @Test
  void aBlockSizeOutOfRangeIsRefusedByNameAndValue() {
    MemoryBlobSource blob = new MemoryBlobSource(HexFormat.of().parseHex(BLOB_OF_VERSION_1));
    ElacsymException refused =
        assertThrows(
            ElacsymException.class, () -> open(PLANE, blob, 3, Map.of("block_size", "1KB")));
    assertEquals(ErrorKind.INVALID_REQUEST, refused.kind());
    assertTrue(refused.getMessage().contains("block_size is 1KB, expected 4KB to 64MB"), refused::getMessage);
  }

  private static MemoryBlobSource blob(VectorField field, TestVectors vectors) {
    MemoryBlobSink sink = new MemoryBlobSink();
    try (VectorIndexBuild build = 
        PROVIDER.build(VectorIndexInput.of(field, vectors, true), TestContext.of(PROVIDER))) {
      build.write(sink);
    }
    return sink.source();
  }

  private static VectorIndexReader open(
      VectorField field, MemoryBlobSource blob, int segmentRows, Map<String, String> options) {
    StoredVectors notAtHand = (rows, to) -> fail("the index has vectors of its own");
    return PROVIDER.open(
        new StoredVectorIndex(field, PROVIDER.encoding(), blob, segmentRows, notAtHand),
        TestContext.of(PROVIDER, options));
  }

  private static VectorQuery query(float[] vector, RowSet accept) {
    return new VectorQuery(vector, 10, accept, 1, OptionalInt.empty());
  }
}
