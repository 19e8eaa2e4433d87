package io.elacsym.server.helidon.json;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.Metric;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.SchemaChange;
import java.io.IOException;
import java.io.InputStream;

/**
 * Schemas as JSON: {@code {"vector_dim":384,"vector_metric":"cosine","attributes":{..}}}, with or
 * without {@code {"schema":..}} around it.
 */
public final class SchemaJson {
  private SchemaJson() {}

  /**
   * Reads the schema of a new namespace.
   *
   * @param defaultMetric for a schema that names none
   * @throws ElacsymException {@code INVALID_REQUEST} naming the place, the value and what was
   *     expected
   * @throws IOException when {@code in} fails
   */
  public static Schema read(InputStream in, Metric defaultMetric) throws IOException {
    return Json.read(in, parser -> SchemaReader.schema(parser, defaultMetric));
  }

  /** Reads a change: a schema with nothing but {@code attributes} and {@code ttl}. */
  public static SchemaChange readChange(InputStream in) throws IOException {
    return Json.read(in, SchemaReader::change);
  }

  /** The object as UTF-8, in a form that {@link #read} accepts. */
  public static byte[] bytes(Schema schema) {
    return Json.bytes(out -> SchemaWriter.write(schema, out));
  }
}
