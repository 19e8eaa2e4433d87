package io.elacsym.index.hnsw.graph;

import io.elacsym.api.index.RowSet;
import java.util.Arrays;

/**
 * Which segment rows each node stands for: one, or all rows that have the same vector. Rows stand
 * in a list, node after node; a node has the places {@link #start} to {@link #end}. Immutable.
 */
public final class NodeRows {
  private static final int[] NONE = {};

  private final int nodes;
  private final int rows;
  private final int segmentRows;
  // The first place of each node and the end of the last; empty when node i has only place i.
  private final int[] starts;
  // The row at each place; empty when place i is row i.
  private final int[] rowAt;
  // The node of each row, or -1; empty when both arrays before are empty.
  private final int[] nodeOf;

  private NodeRows(int nodes, int rows, int segmentRows, int[] starts, int[] rowAt, int[] nodeOf) {
    this.nodes = nodes;
    this.rows = rows;
    this.segmentRows = segmentRows;
    this.starts = starts;
    this.rowAt = rowAt;
    this.nodeOf = nodeOf;
  }

  /**
   * Takes both lists as they are, without a copy.
   *
   * @param starts the first place of each node and the end of the last; empty when every node has
   *     one row
   * @param rowAt the row at each place; empty when place {@code i} is row {@code i}
   * @throws IllegalArgumentException when they do not fit each other or the segment
   */
  public static NodeRows of(int nodes, int rows, int segmentRows, int[] starts, int[] rowAt) {
    if (starts.length == 0 && rowAt.length == 0) {
      return new NodeRows(nodes, rows, segmentRows, NONE, NONE, NONE);
    }
    for (int node = 0; node < starts.length - 1; node++) {
      if (starts[node + 1] <= starts[node]) {
        throw new IllegalArgumentException(
            "node " + node + " has the places " + starts[node] + " to " + starts[node + 1]);
      }
    }
    if (starts.length > 0 && (starts[0] != 0 || starts[nodes] != rows)) {
      throw new IllegalArgumentException(
          "nodes have the places "
              + starts[0]
              + " to "
              + starts[nodes]
              + ", expected 0 to "
              + rows);
    }
    int[] nodeOf = new int[segmentRows];
    Arrays.fill(nodeOf, -1);
    NodeRows made = new NodeRows(nodes, rows, segmentRows, starts, rowAt, nodeOf);
    for (int node = 0; node < nodes; node++) {
      for (int place = made.start(node); place < made.end(node); place++) {
        made.claim(made.row(place), node);
      }
    }
    return made;
  }

  private void claim(int row, int node) {
    if (row < 0 || row >= segmentRows) {
      throw new IllegalArgumentException(
          "node " + node + " has row " + row + ", expected 0 to " + (segmentRows - 1));
    }
    if (nodeOf[row] != -1) {
      throw new IllegalArgumentException(
          "row " + row + " belongs to the nodes " + nodeOf[row] + " and " + node);
    }
    nodeOf[row] = node;
  }

  public int segmentRows() {
    return segmentRows;
  }

  /** How many rows have a vector. */
  public int rows() {
    return rows;
  }

  /** The first place of a node. */
  public int start(int node) {
    return starts.length == 0 ? node : starts[node];
  }

  /** The place after the last one of a node. */
  public int end(int node) {
    return starts.length == 0 ? node + 1 : starts[node + 1];
  }

  /** The row at a place. */
  public int row(int place) {
    return rowAt.length == 0 ? place : rowAt[place];
  }

  /** The node of a row, or -1 when the row has no vector. */
  public int node(int row) {
    if (nodeOf.length == 0) {
      return row < nodes ? row : -1;
    }
    return nodeOf[row];
  }

  /** The row whose vector stands for a node. */
  public int firstRow(int node) {
    return row(start(node));
  }

  /** Whether any row of a node is in the set. */
  public boolean anyOf(int node, RowSet accept) {
    int end = end(node);
    for (int place = start(node); place < end; place++) {
      if (accept.contains(row(place))) {
        return true;
      }
    }
    return false;
  }

  /** How many rows of the set have a vector. */
  public int covered(RowSet set) {
    if (set.isAll()) {
      return rows;
    }
    if (rows == segmentRows) {
      return set.cardinality();
    }
    if (rowAt.length == 0) {
      return set.cardinality(0, rows);
    }
    int covered = 0;
    for (int row = set.next(0); row >= 0; row = set.next(row + 1)) {
      if (nodeOf[row] >= 0) {
        covered++;
      }
    }
    return covered;
  }
}
