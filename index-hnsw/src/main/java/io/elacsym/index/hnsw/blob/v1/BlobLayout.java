package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.api.Encoding;
import io.elacsym.api.index.Metric;
import io.elacsym.index.hnsw.code.NodeCodes;
import java.nio.charset.StandardCharsets;

/**
 * The numbers from which every position in a version 1 blob follows; see {@code
 * docs/format/index-hnsw.md}.
 *
 * @param metric of the field
 * @param dimension of the field
 * @param nodes how many nodes
 * @param rows how many rows have a vector
 * @param segmentRows how many rows the segment has
 * @param m links per slot on upper levels; 0 without a graph
 * @param efConstruction the beam width of the build
 * @param levelSizes sizes of level 1, 2, ...; empty without a graph
 * @param points of the recall curve for ordinary queries; 0 without a graph
 * @param strangePoints of the recall curve for other queries
 * @param rowsPresent whether the rows of the nodes are stored
 * @param vectorsPresent whether the vectors are stored, because the segment's are not at hand
 */
public record BlobLayout(
    Metric metric,
    int dimension,
    int nodes,
    int rows,
    int segmentRows,
    int m,
    int efConstruction,
    int[] levelSizes,
    int points,
    int strangePoints,
    boolean rowsPresent,
    boolean vectorsPresent) {
  static final byte[] MAGIC = "ELACHNSW".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 1;
  public static final Encoding ENCODING = Encoding.of("hnsw", VERSION);

  /** The most links of a slot on an upper level. */
  public static final int MAX_M = 128;

  public static final int HEADER_BYTES = 16;
  public static final int FOOTER_BYTES = 88;
  static final int POINT_BYTES = 16;
  static final int METRIC_BYTES = 8;

  /** Level sizes, recall curves and footer are never longer. */
  public static final int TAIL_BYTES = 4096;

  /** Bit 0 of the flags. */
  static final int ROWS_PRESENT = 1;

  /** Bit 1 of the flags. */
  static final int STARTS_PRESENT = 2;

  /** Bit 2 of the flags. */
  static final int VECTORS_PRESENT = 4;

  int levels() {
    return levelSizes.length;
  }

  boolean hasGraph() {
    return m > 0;
  }

  /** Whether some node has several rows, so that it is stored where each one's begin. */
  boolean startsPresent() {
    return nodes < rows;
  }

  int flags() {
    return (rowsPresent ? ROWS_PRESENT : 0)
        | (startsPresent() ? STARTS_PRESENT : 0)
        | (vectorsPresent ? VECTORS_PRESENT : 0);
  }

  long startsAt() {
    return HEADER_BYTES;
  }

  long rowsAt() {
    return startsAt() + (startsPresent() ? 4L * (nodes + 1) : 0);
  }

  long slotNodesAt() {
    return rowsAt() + (rowsPresent ? 4L * rows : 0);
  }

  /** Where the links of an upper level begin; {@code levels() + 1} gives their end. */
  long upperAt(int level) {
    long at = slotNodesAt() + (levels() == 0 ? 0 : 4L * levelSizes[0]);
    for (int below = 1; below < level; below++) {
      at += 4L * m * levelSizes[below - 1];
    }
    return at;
  }

  long baseAt() {
    return upperAt(levels() + 1);
  }

  long codesAt() {
    return baseAt() + 8L * m * nodes;
  }

  long vectorsAt() {
    return codesAt() + (long) NodeCodes.stride(dimension) * nodes;
  }

  long centerAt() {
    return vectorsAt() + (vectorsPresent ? 4L * dimension * nodes : 0);
  }

  long levelSizesAt() {
    return centerAt() + 4L * dimension;
  }

  long pointsAt() {
    return levelSizesAt() + 4L * levels();
  }

  long footerAt() {
    return pointsAt() + (long) POINT_BYTES * (strangePoints + points);
  }

  long blobSize() {
    return footerAt() + FOOTER_BYTES;
  }
}
