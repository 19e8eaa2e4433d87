package io.elacsym.engine.check;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Suggestion;

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
        .orElseThrow(() ->
            ElacsymException.invalid(
                place
                    + ": the schema has no attribute '"
                    + Strings.shown(name)
                    + "'"
                    + Suggestion.of(name, schema.attributes().keySet())));
  }
}
