package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.index.StoredVectors;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The vectors that the blob itself has, by node, for segments whose own vectors are not at hand.
 *
 * @param at where they begin
 */
record BlobVectors(BlobSource source, long at, int dimension) implements StoredVectors {
  @Override
  public void read(int[] nodes, Run to) {
    long stride = (long) Float.BYTES * dimension;
    List<ByteRange> ranges = new ArrayList<>();
    int[] starts = new int[nodes.length + 1];
    for (int from = 0; from < nodes.length; from = starts[ranges.size()]) {
      int end = from + 1;
      while (end < nodes.length && nodes[end] == nodes[from] + end - from) {
        end++;
      }
      ranges.add(new ByteRange(at + stride * nodes[from], stride * (end - from)));
      starts[ranges.size()] = end;
    }
    List<MemorySegment> read = source.readAll(ranges);
    for (int i = 0; i < read.size(); i++) {
      to.accept(starts[i], starts[i + 1], read.get(i), 0);
    }
  }
}
