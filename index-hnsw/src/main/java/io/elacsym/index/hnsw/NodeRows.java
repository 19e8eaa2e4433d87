package io.elacsym.index.hnsw;

import io.elacsym.api.index.RowSet;
import java.util.Arrays;

/** Which segment row each node is. Immutable. */
final class NodeRows {
  private static final int[] NO_MAP = {};

  private final int count;
  private final int segmentRows;
  private final boolean identity;
  private final int[] rowOf;
  private final int[] nodeOf;

  private NodeRows(int count, int segmentRows, boolean identity, int[] rowOf, int[] nodeOf) {
    this.count = count;
    this.segmentRows = segmentRows;
    this.identity = identity;
    this.rowOf = rowOf;
    this.nodeOf = nodeOf;
  }

  /** Node {@code i} is row {@code i}; rows from {@code count} on have no vector. */
  static NodeRows identity(int count, int segmentRows) {
    return new NodeRows(count, segmentRows, true, NO_MAP, NO_MAP);
  }

  /**
   * Node {@code i} is row {@code rowOf[i]}.
   *
   * @throws IllegalArgumentException when a row lies outside the segment or occurs twice
   */
  static NodeRows of(int[] rowOf, int segmentRows) {
    int[] nodeOf = new int[segmentRows];
    Arrays.fill(nodeOf, -1);
    for (int node = 0; node < rowOf.length; node++) {
      int row = rowOf[node];
      if (row < 0 || row >= segmentRows) {
        throw new IllegalArgumentException(
            "node " + node + " is row " + row + ", expected 0 to " + (segmentRows - 1));
      }
      if (nodeOf[row] != -1) {
        throw new IllegalArgumentException(
            "row " + row + " belongs to the nodes " + nodeOf[row] + " and " + node);
      }
      nodeOf[row] = node;
    }
    return new NodeRows(rowOf.length, segmentRows, false, rowOf, nodeOf);
  }

  int segmentRows() {
    return segmentRows;
  }

  int row(int node) {
    return identity ? node : rowOf[node];
  }

  /** The node of a row, or -1 when the row has no vector. */
  int node(int row) {
    if (identity) {
      return row < count ? row : -1;
    }
    return nodeOf[row];
  }

  /** How many of the rows have a vector. */
  int covered(RowSet rows) {
    if (rows.isAll()) {
      return count;
    }
    if (count == segmentRows) {
      return rows.cardinality();
    }
    if (identity) {
      return rows.cardinality(0, count);
    }
    int covered = 0;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (nodeOf[row] >= 0) {
        covered++;
      }
    }
    return covered;
  }
}
