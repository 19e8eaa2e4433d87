package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonParser;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.ScanRequest;
import java.io.IOException;
import java.util.List;

/** Reads scans. */
public final class ScanJson {
  private static final int DEFAULT_LIMIT = 1_000;
  private static final List<String> KEYS =
      List.of("filter", "after", "limit", "include_vector", "include_attributes", "consistency");

  private ScanJson() {}

  /** Reads a scan. */
  public static ScanRequest read(byte[] request) {
    return Json.read(request, ScanJson::scan);
  }

  private static ScanRequest scan(JsonParser parser) throws IOException {
    Fields fields = Fields.of(parser, Place.ROOT, KEYS);
    return new ScanRequest(
        fields.find("filter").map(node -> FilterJson.read(node, fields.place("filter"))),
        fields.find("after").map(node -> DocId.of(GivenJson.of(node), fields.place("after"))),
        fields.integer("limit", 1, ScanRequest.MAX_LIMIT).orElse(DEFAULT_LIMIT),
        ReadOptions.projection(fields),
        ReadOptions.consistency(fields));
  }
}
