package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Writes what stands in the objects of documents. */
public final class DocumentJson {
  private DocumentJson() {}

  /** Writes the id and then the fields. */
  public static void writeAll(Document document, JsonGenerator out) throws IOException {
    writeId(document, out);
    writeFields(document, out);
  }

  /** Writes {@code "id":..}. */
  public static void writeId(Document document, JsonGenerator out) throws IOException {
    out.writeFieldName("id");
    IdJson.write(document.id(), out);
  }

  /**
   * Writes {@code "attributes":{..}} and, if the document has them here, {@code "vector":[..]} and
   * {@code "vectors":{"name":[..]}}.
   */
  public static void writeFields(Document document, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("attributes");
    for (Map.Entry<String, Value> attribute : document.attributes().entrySet()) {
      out.writeFieldName(attribute.getKey());
      GivenJson.write(attribute.getValue(), out);
    }
    out.writeEndObject();
    float[] vector = document.vectors().get(Schema.VECTOR);
    if (vector != null) {
      out.writeFieldName("vector");
      VectorJson.write(vector, out);
    }
    if (document.vectors().size() > (vector == null ? 0 : 1)) {
      out.writeObjectFieldStart("vectors");
      for (Map.Entry<String, float[]> named : new TreeMap<>(document.vectors()).entrySet()) {
        if (!named.getKey().equals(Schema.VECTOR)) {
          out.writeFieldName(named.getKey());
          VectorJson.write(named.getValue(), out);
        }
      }
      out.writeEndObject();
    }
  }
}
