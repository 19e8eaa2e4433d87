package io.elacsym.engine.model;

/**
 * One of the fields by which documents are ordered: strings by code point, everything else by
 * magnitude, {@code false} before {@code true}.
 *
 * @param place where the name of the field stands
 * @param field an attribute with single values, or {@code id}
 * @param descending greatest first
 * @param missingFirst whether documents without the attribute come before all others, in either
 *     direction
 */
public record SortKey(Place place, String field, boolean descending, boolean missingFirst) {
  /** Most keys of one order. */
  public static final int MAX_KEYS = 8;

  /** A key that stands in no request. */
  public SortKey(String field, boolean descending, boolean missingFirst) {
    this(Place.named("order"), field, descending, missingFirst);
  }
}
