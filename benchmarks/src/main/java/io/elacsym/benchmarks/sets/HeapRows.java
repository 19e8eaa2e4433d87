package io.elacsym.benchmarks.sets;

import java.util.Arrays;
import java.util.List;

/**
 * Vectors that were read as a whole.
 *
 * @param vectors the vectors; not changed by anybody
 */
record HeapRows(List<float[]> vectors) implements Rows {
  @Override
  public int count() {
    return vectors.size();
  }

  @Override
  public void copy(int index, float[] to) {
    float[] vector = vectors.get(index);
    if (vector.length != to.length) {
      throw new IllegalArgumentException(
          "vector "
              + index
              + " has "
              + vector.length
              + " dimensions, expected "
              + to.length
              + ": "
              + Arrays.toString(vector));
    }
    System.arraycopy(vector, 0, to, 0, to.length);
  }

  /** Queries are the first of them, so that they stay the same when more vectors are wanted. */
  static Drawn split(List<float[]> shuffled, int documents, int queries, String origin) {
    int asked = Math.min(queries, shuffled.size() / 2);
    int end = (int) Math.min(shuffled.size(), (long) asked + documents);
    return new Drawn(
        new HeapRows(shuffled.subList(asked, end)),
        new HeapRows(shuffled.subList(0, asked)),
        origin);
  }
}
