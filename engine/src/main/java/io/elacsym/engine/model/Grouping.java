package io.elacsym.engine.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Documents with the same values of some attributes, and what is computed of each such group.
 * Documents without an attribute are a group like those with a value, behind all of them. A
 * document is in one group for each distinct element of an array; with an empty array in none.
 *
 * @param keys 1 to {@link #MAX_KEYS}, with distinct labels; the first one orders the groups, and
 *     the others those that are equal so far
 * @param aggregates by label, at most {@link Aggregation#MAX_LABELS}
 * @param limit at most so many groups, the first ones, 1 to {@link #MAX_LIMIT}
 */
public record Grouping(List<Key> keys, SequencedMap<String, Aggregate> aggregates, int limit) {
  public static final int MAX_KEYS = 8;
  public static final int MAX_LIMIT = 10_000;

  public Grouping {
    keys = List.copyOf(keys);
    aggregates = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(aggregates));
  }

  /**
   * One of the attributes.
   *
   * @param place where its name stands
   * @param label what it is called in the answer
   * @param field its name; at most one of all keys has arrays
   */
  public record Key(Place place, String label, String field) {
    /** A key that stands in no request, labelled by its field. */
    public Key(String field) {
      this(Place.named("group_by"), field, field);
    }
  }
}
