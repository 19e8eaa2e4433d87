package io.elacsym.index.hnsw;

/**
 * A distance and an id in one {@code long} that sorts by distance, then by id: heaps and sorts work
 * on primitive arrays, and equal distances have one order everywhere.
 */
final class Key {
  private Key() {}

  static long of(float distance, int id) {
    int bits = Float.floatToRawIntBits(distance);
    // Negative floats sort backwards as integers; flipping their lower bits puts that right.
    int ordered = bits ^ ((bits >> 31) & 0x7fffffff);
    return ((long) ordered << 32) | id;
  }

  static int id(long key) {
    return (int) key;
  }

  static float distance(long key) {
    int ordered = (int) (key >> 32);
    return Float.intBitsToFloat(ordered ^ ((ordered >> 31) & 0x7fffffff));
  }
}
