package io.elacsym.server.helidon.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.io.IOException;

/**
 * Writes what stands in the objects of documents of one schema. Attributes come in the order of the
 * schema. Immutable; safe for use by many threads.
 */
public final class DocumentFields {
  private final Schema schema;

  public DocumentFields(Schema schema) {
    this.schema = schema;
  }

  /** Writes everything. */
  public void writeAll(Document document, JsonGenerator out) throws IOException {
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
