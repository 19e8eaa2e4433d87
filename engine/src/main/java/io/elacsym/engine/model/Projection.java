package io.elacsym.engine.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which fields come back.
 *
 * @param vectors which vector fields do, in any order; empty means all of them
 * @param attributes likewise which attributes
 */
public record Projection(Optional<List<String>> vectors, Optional<List<String>> attributes) {
  public static final Projection ALL = new Projection(Optional.empty(), Optional.empty());
  public static final Projection ATTRIBUTES =
      new Projection(Optional.of(List.of()), Optional.empty());
  public static final Projection IDS =
      new Projection(Optional.of(List.of()), Optional.of(List.of()));

  /** What comes back of a schema, in its order. */
  public Projected of(Schema schema) {
    return new Projected(
        schema,
        schema.attributes().keySet().stream().filter(among(attributes)).toList(),
        schema.vectors().stream().filter(field -> among(vectors).test(field.name())).toList());
  }

  private static Predicate<String> among(Optional<List<String>> names) {
    return names
        .<Predicate<String>>map(wanted -> new HashSet<>(wanted)::contains)
        .orElse(name -> true);
  }
}
