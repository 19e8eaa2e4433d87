package io.elacsym.index.hnsw.code;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TopK;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.codes.Rotation;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The codes of all nodes, as the blob has them: for each node four numbers, then 4 bits a component
 * of its vector in the space of the codes.
 *
 * @param memory native, {@link #stride} bytes a node
 * @param components of a vector in that space, a multiple of 64
 */
public record NodeCodes(MemorySegment memory, int components) {
  static final int SHIFT_AT = 0;
  static final int SCALE_AT = 4;
  static final int ERROR_AT = 8;
  static final int LENGTH_AT = 12;

  private static final int LONGEST = 16;

  /** The four numbers of a node. */
  static final int FACTOR_BYTES = 16;

  /** Room for the codes of so many nodes. */
  public static NodeCodes allocate(int nodes, int dimension) {
    return new NodeCodes(
        Bytes.allocate((long) nodes * stride(dimension)), Rotation.rotated(dimension));
  }

  /** Bytes of a node's code with vectors of a dimension. */
  public static int stride(int dimension) {
    return FACTOR_BYTES + Rotation.rotated(dimension) / 2;
  }

  /** Bytes of a node's code. */
  public int stride() {
    return FACTOR_BYTES + components / 2;
  }

  /** Where a node's code is. */
  public long at(int node) {
    return (long) node * stride();
  }

  float factor(int node, int at) {
    return memory.get(Bytes.F32, at(node) + at);
  }

  /**
   * Nodes at which a search begins, beside the one that upper levels lead to. Under the inner
   * product they are those of the longest vectors: from a region of short ones, which are near to a
   * query by direction alone, a walk may find no way out to those that score far more.
   */
  public int[] starts(Metric metric) {
    if (metric != Metric.DOT) {
      return new int[0];
    }
    int nodes = (int) (memory.byteSize() / stride());
    TopK longest = new TopK(LONGEST, nodes);
    for (int node = 0; node < nodes; node++) {
      longest.offer(length(node), node);
    }
    return Arrays.stream(longest.best()).mapToInt(ScoreKey::row).toArray();
  }

  /** The length of the node's vector. */
  public float length(int node) {
    return factor(node, LENGTH_AT);
  }
}
