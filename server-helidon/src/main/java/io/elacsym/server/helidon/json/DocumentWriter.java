package io.elacsym.server.helidon.json;

import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Schema;
import io.elacsym.server.helidon.mapping.DocumentFields;
import io.elacsym.server.helidon.mapping.Json;

/**
 * Writes documents of one schema in the form that {@link DocumentReader} reads. Attributes come in
 * the order of the schema. Immutable; safe for use by many threads.
 */
public final class DocumentWriter {
  private final DocumentFields fields;

  public DocumentWriter(Schema schema) {
    this.fields = new DocumentFields(schema);
  }

  /** One document as UTF-8 on one line, without the line's end. */
  public byte[] line(Document document) {
    return Json.bytes(out -> {
      out.writeStartObject();
      fields.writeAll(document, out);
      out.writeEndObject();
    });
  }
}
