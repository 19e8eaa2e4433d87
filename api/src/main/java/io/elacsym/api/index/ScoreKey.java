package io.elacsym.api.index;

/**
 * A score and a row in one {@code long}, so that hits are ranked, sorted and kept in plain arrays.
 * The natural order of keys is the order of {@link VectorHits}: the key of a higher score is less,
 * and of equal scores that of the smaller row. So ascending keys are hits, best first.
 *
 * <p>The upper 32 bits are the complement of the score as a sortable integer, the lower ones the
 * row. In place of a row, any number from 0 will do that tells what was scored.
 *
 * <p>Two scores do not come back as they were: minus zero is zero, or else two equal scores would
 * not be ranked by row; and a score that is not a number counts as negative infinity, because the
 * sign bit of such a number depends on the machine, and would rank it first or last by chance.
 */
public final class ScoreKey {
  private ScoreKey() {}

  /**
   * @param row from 0
   */
  public static long of(float score, int row) {
    // Adding zero makes one of the two zeros.
    int bits = Float.floatToRawIntBits(Float.isNaN(score) ? Float.NEGATIVE_INFINITY : score + 0f);
    return ((long) ~sortable(bits) << 32) | row;
  }

  /** The score of a key. */
  public static float score(long key) {
    return Float.intBitsToFloat(sortable(~(int) (key >> 32)));
  }

  /** The row of a key. */
  public static int row(long key) {
    return (int) key;
  }

  /**
   * Turns the bits of a float into an integer of the same order, and back. As integers, negative
   * floats sort backwards; complementing all their bits but the sign puts that right.
   */
  private static int sortable(int bits) {
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }
}
