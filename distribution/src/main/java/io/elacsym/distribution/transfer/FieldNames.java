package io.elacsym.distribution.transfer;

/**
 * Which columns of a file are no attributes.
 *
 * @param id the column with the id
 * @param vector the column with the vector
 * @param textIds whether ids of digits are strings too, in files that do not tell
 */
public record FieldNames(String id, String vector, boolean textIds) {
  public static final FieldNames USUAL = new FieldNames("id", "vector", false);

  boolean areUsual() {
    return id.equals(USUAL.id) && vector.equals(USUAL.vector);
  }
}
