package io.elacsym.server.helidon.mapping;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Strings;
import java.util.List;

/** The names in a document, and the errors about wrong ones. */
public final class DocumentKeys {
  /** The keys of a document. */
  public static final List<String> ALL = List.of("id", "vector", "attributes");

  private DocumentKeys() {}

  /** A key that nothing is known by. */
  public static ElacsymException unknown(JsonPath path, String key, List<String> known) {
    return Fields.unknown(path, key, known);
  }

  /** An attribute that the schema lacks. */
  public static ElacsymException noAttribute(JsonPath path, String name, Schema schema) {
    return ElacsymException.invalid(
        path
            + ": the schema has no attribute '"
            + Strings.shown(name)
            + "'"
            + Suggestion.of(name, schema.attributes().keySet()));
  }
}
