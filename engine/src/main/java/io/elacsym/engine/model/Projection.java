package io.elacsym.engine.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which fields come back.
 *
 * @param vectors whether vectors do
 * @param attributes which attributes do, in any order; empty means all of them
 */
public record Projection(boolean vectors, Optional<List<String>> attributes) {
  public static final Projection ALL = new Projection(true, Optional.empty());
  public static final Projection ATTRIBUTES = new Projection(false, Optional.empty());
  public static final Projection IDS = new Projection(false, Optional.of(List.of()));

  /** What comes back of a schema, in its order. */
  public Projected of(Schema schema) {
    return new Projected(schema, names(schema), vectors ? schema.vectors() : List.of());
  }

  private List<String> names(Schema schema) {
    Set<String> all = schema.attributes().keySet();
    Set<String> wanted = attributes.<Set<String>>map(HashSet::new).orElse(all);
    return all.stream().filter(wanted::contains).toList();
  }
}
