package io.elacsym.index.codes;

/**
 * Where vectors are coded: moved, so that the middle of the data is the origin, and rotated. Codes
 * are small where vectors are. Safe for use by many threads.
 *
 * @param middle of the data, in the vectors' own components
 * @param rotation what follows the move
 */
public record Space(float[] middle, Rotation rotation) {

  /** Components of a vector in it. */
  public int components() {
    return Rotation.rotated(middle.length);
  }

  /**
   * Moves and rotates a vector.
   *
   * @param moved scratch of the vector's length
   * @param to receives the result, {@link #components} of them
   */
  public void enter(float[] vector, float[] moved, float[] to) {
    for (int j = 0; j < middle.length; j++) {
      moved[j] = vector[j] - middle[j];
    }
    rotation.apply(moved, to);
  }

  /** The middle, rotated alone. */
  public float[] rotatedMiddle() {
    float[] rotated = new float[components()];
    rotation.apply(middle, rotated);
    return rotated;
  }

  /**
   * The way back.
   *
   * @param rotated what {@link #enter} gave, or close to it; changed
   * @param to receives the vector
   * @return the square of what lies outside of the vectors' own components, and is lost
   */
  public float leave(float[] rotated, float[] to) {
    rotation.undo(rotated);
    for (int j = 0; j < middle.length; j++) {
      to[j] = rotated[j] + middle[j];
    }
    float lost = 0;
    for (int j = middle.length; j < rotated.length; j++) {
      lost += rotated[j] * rotated[j];
    }
    return lost;
  }
}
