package io.elacsym.server.helidon.mapping;

import com.fasterxml.jackson.core.JsonParser;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.util.List;

/** Reads scans. */
public final class ScanJson {
  private static final int DEFAULT_LIMIT = 1_000;
  private static final List<String> KEYS =
      List.of("filter", "after", "limit", "include_vector", "include_attributes", "consistency");

  private ScanJson() {}

  /** Reads a scan of a namespace with this schema. */
  public static ScanRequest read(byte[] request, Schema schema) {
    return Json.read(request, parser -> scan(parser, schema));
  }

  private static ScanRequest scan(JsonParser parser, Schema schema) throws IOException {
    Fields fields = Fields.of(parser, JsonPath.ROOT, KEYS);
    return new ScanRequest(
        fields.find("filter").map(node -> FilterJson.read(node, schema, fields.path("filter"))),
        fields.find("after").map(node -> IdJson.read(node, fields.path("after"))),
        fields.integer("limit", 1, ScanRequest.MAX_LIMIT).orElse(DEFAULT_LIMIT),
        ReadOptions.projection(fields, schema),
        ReadOptions.consistency(fields));
  }
}
