package io.elacsym.engine.model;

import java.util.ArrayList;
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

  /** The attributes of a schema that come back, in its order. */
  public List<String> attributesOf(Schema schema) {
    Set<String> all = schema.attributes().keySet();
    Set<String> wanted = attributes.<Set<String>>map(HashSet::new).orElse(all);
    return all.stream().filter(wanted::contains).toList();
  }

  /** Those, and the vector fields if they come back. */
  public List<String> columnsOf(Schema schema) {
    List<String> columns = new ArrayList<>(attributesOf(schema));
    if (vectors) {
      schema.vectors().forEach(field -> columns.add(field.name()));
    }
    return columns;
  }
}
