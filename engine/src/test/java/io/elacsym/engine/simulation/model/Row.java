package io.elacsym.engine.simulation.model;

import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a document holds.
 *
 * @param vector empty when it has none
 */
record Row(List<Float> vector, Map<String, Value> attributes) {
  static final Row EMPTY = new Row(List.of(), Map.of());

  static Row of(Document document) {
    return EMPTY.with(document.vectors(), document.attributes());
  }

  /** This row with other values for some fields, or with none. */
  Row with(Map<String, float[]> vectors, Map<String, ? extends Given> values) {
    List<Float> newVector = vector;
    float[] components = vectors.get(Schema.VECTOR);
    if (components != null) {
      newVector = new ArrayList<>();
      for (float component : components) {
        newVector.add(component);
      }
    }
    Map<String, Value> newAttributes = new TreeMap<>(attributes);
    values.forEach((name, given) -> {
      if (given instanceof Value value) {
        newAttributes.put(name, value);
      } else {
        newAttributes.remove(name);
      }
    });
    return new Row(newVector, newAttributes);
  }
}
