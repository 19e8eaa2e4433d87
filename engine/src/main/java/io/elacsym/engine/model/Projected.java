package io.elacsym.engine.model;

import io.elacsym.api.index.VectorField;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a schema that come back, looked up once for all documents of an answer.
 *
 * @param schema where they are declared
 * @param attributes in the schema's order
 * @param vectors likewise
 */
public record Projected(Schema schema, List<String> attributes, List<VectorField> vectors) {
  /** All of them by name, attributes first. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(attributes);
    vectors.forEach(field -> columns.add(field.name()));
    return columns;
  }

  /** Whether only ids come back. */
  public boolean isEmpty() {
    return attributes.isEmpty() && vectors.isEmpty();
  }
}
