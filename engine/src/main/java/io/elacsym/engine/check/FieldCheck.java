package io.elacsym.engine.check;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Suggestion;
import java.util.Collection;
import java.util.stream.Stream;

/** Finds the attributes that requests name. */
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
}
