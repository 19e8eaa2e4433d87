package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.ReindexRequest;
import io.elacsym.engine.model.ReindexRequest.Kind;
import io.elacsym.engine.model.ReindexStatus;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Building indexes anew: what is asked for, and how far it is. */
public final class ReindexJson {
  /** Where no reindex was asked for. */
  private static final String NONE = "none";

  private ReindexJson() {}

  /** Reads {@code {"kind":"vector","index":"hnsw","force":false,"wait":false}}, all optional. */
  public static ReindexRequest read(InputStream in) throws IOException {
    return Json.read(in, ReindexJson::request);
  }

  private static ReindexRequest request(JsonParser parser) throws IOException {
    Fields fields = Fields.of(parser, Place.ROOT, List.of("kind", "index", "force", "wait"));
    return new ReindexRequest(
        fields.find("kind").map(node -> kind(fields, node)),
        fields.text("index"),
        fields.flag("force").orElse(false),
        fields.flag("wait").orElse(false));
  }

  private static Kind kind(Fields fields, JsonNode node) {
    if (!node.isTextual()) {
      throw fields.wrong("kind", node, "\"vector\" or \"text\"");
    }
    String id = node.textValue();
    return Kind.byId(id)
        .orElseThrow(() -> fields.unknownWord("kind", id, List.of("vector", "text")));
  }

  /** Writes the members of an answer that say how far a reindex is. */
  public static void writeMembers(Optional<ReindexStatus> known, JsonGenerator out)
      throws IOException {
    if (known.isEmpty()) {
      out.writeStringField("state", NONE);
      return;
    }
    ReindexStatus status = known.get();
    out.writeStringField("state", status.state().id());
    out.writeArrayFieldStart("recipes");
    for (String recipe : status.recipes()) {
      out.writeString(recipe);
    }
    out.writeEndArray();
    out.writeBooleanField("force", status.force());
    out.writeNumberField("segments_done", status.segmentsDone());
    out.writeNumberField("segments", status.segments());
    out.writeNumberField("rows_done", status.rowsDone());
    out.writeNumberField("rows", status.rows());
    out.writeStringField("started_at", status.startedAt().toString());
    if (status.endedAt().isPresent()) {
      out.writeStringField("ended_at", status.endedAt().get().toString());
    }
    if (status.lastError().isPresent()) {
      out.writeStringField("last_error", status.lastError().get());
    }
  }
}
