package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.server.helidon.mapping.IdJson;
import io.elacsym.server.helidon.mapping.Json;
import io.elacsym.server.helidon.mapping.ValueJson;
import io.elacsym.server.helidon.mapping.VectorJson;
import java.io.IOException;

/**
 * Writes documents of one schema in the form that {@link DocumentReader} reads. Attributes come in the
 * order of the schema. Immutable; safe for use by many threads.
 */
public final class DocumentWriter {
  private final Schema schema;

  public DocumentWriter(Schema schema) {
    this.schema = schema;
  }

  /** One document as UTF-8 on one line, without the line's end. */
  public byte[] line(Document document) {
    return Json.bytes(
        out -> {
          out.writeStartObject();
          writeParts(document, out);
          out.writeEndObject();
        });
  }

  /** Writes what stands in the document's object: {@code "id":..,"attributes":{..}} and so on. */
  public void writeParts(Document document, JsonGenerator out) throws IOException {
    writeId(document, out);
    writeFields(document, out);
  }

  /** Writes {@code "id":..}. */
  public void writeId(Document document, JsonGenerator out) throws IOException {
    out.writeFieldName("id");
    IdJson.write(document.id(), out);
  }

  /** Writes {@code "attributes":{..}} and, if the document has one here, {@code "vector":[..]}. */
  public void writeFields(Document document, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("attributes");
    for (String name : schema.attributes().keySet()) {
      Value value = document.attributes().get(name);
      if (value != null) {
        out.writeFieldName(name);
        ValueJson.write(value, out);
      }
    }
    out.writeEndObject();
    float[] vector = document.vectors().get(Schema.VECTOR);
    if (vector != null) {
      out.writeFieldName("vector");
      VectorJson.write(vector, out);
    }
  }
}
