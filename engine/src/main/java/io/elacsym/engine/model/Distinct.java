package io.elacsym.engine.model;

import java.util.List;

/**
 * At most so many hits with the same values of some attributes: the best ones. Documents without an
 * attribute count as if they had a value of their own in common.
 *
 * @param fields 1 to {@link #MAX_FIELDS} attributes with single values
 * @param limit 1 to {@link QueryRequest#MAX_TOP_K}
 */
public record Distinct(List<Field> fields, int limit) {
  public static final int MAX_FIELDS = 8;

  public Distinct {
    fields = List.copyOf(fields);
  }

  /**
   * One of the attributes.
   *
   * @param place where its name stands
   */
  public record Field(Place place, String name) {
    /** A field that stands in no request. */
    public Field(String name) {
      this(Place.named("distinct"), name);
    }
  }
}
