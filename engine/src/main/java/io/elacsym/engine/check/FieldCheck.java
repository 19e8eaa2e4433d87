package io.elacsym.engine.check;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Suggestion;
import java.util.Collection;
import java.util.stream.Stream;

/** Finds the fields that requests name. */
final class FieldCheck {
  private FieldCheck() {}

  /**
   * The attribute of a name.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} when the schema has none
   */
  static Attribute attribute(String name, Schema schema, Place place) {
    return schema
        .attribute(name)
        .orElseThrow(() -> unknown(name, schema.attributes().keySet(), place));
  }

  /** {@link #attribute} where {@code id} may be named, too, which is not told by this. */
  static Attribute attributeOrId(String name, Schema schema, Place place) {
    return schema
        .attribute(name)
        .orElseThrow(() ->
            unknown(
                name,
                Stream.concat(schema.attributes().keySet().stream(), Stream.of(Schema.ID)).toList(),
                place));
  }

  private static ElacsymException unknown(String name, Collection<String> known, Place place) {
    return ElacsymException.invalid(
        place
            + ": the schema has no attribute '"
            + Strings.shown(name)
            + "'"
            + Suggestion.of(name, known));
  }

  /**
   * The vector field of a name.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} when the schema has none
   */
  static VectorField vector(String name, Schema schema, Place place) {
    return schema
        .vector(name)
        .orElseThrow(() ->
            ElacsymException.invalid(
                schema.vectors().isEmpty()
                    ? place + ": the namespace has no vectors, its schema has no vector_dim"
                    : place
                        + ": the schema has no vector field '"
                        + Strings.shown(name)
                        + "'"
                        + Suggestion.of(
                            name, schema.vectors().stream().map(VectorField::name).toList())));
  }
}
