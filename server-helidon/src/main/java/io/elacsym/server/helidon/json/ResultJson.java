package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.elacsym.engine.model.Explanation;
import io.elacsym.engine.model.IndexCount;
import io.elacsym.engine.model.IndexProgress;
import io.elacsym.engine.model.NamespaceStats;
import io.elacsym.engine.model.QueryCost;
import io.elacsym.engine.model.Trouble;
import java.io.IOException;

/** Writes the parts of answers that are not documents. */
public final class ResultJson {
  private ResultJson() {}

  /** The shortest decimal that reads back as the same score. */
  public static void writeScore(double score, JsonGenerator out) throws IOException {
    float narrow = (float) score;
    // A score that was computed as a 32-bit float has its short form only as one.
    if (narrow == score) {
      out.writeNumber(narrow);
    } else {
      out.writeNumber(score);
    }
  }

  public static void write(QueryCost cost, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("waves", cost.waves());
    out.writeNumberField("open_waves", cost.openWaves());
    out.writeNumberField("requests", cost.requests());
    out.writeNumberField("bytes", cost.bytes());
    out.writeNumberField("memory_hits", cost.memoryHits());
    out.writeNumberField("disk_hits", cost.diskHits());
    out.writeNumberField("scored", cost.scored());
    out.writeEndObject();
  }

  public static void write(Explanation explanation, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("manifest_version", explanation.manifestVersion());
    out.writeNumberField("live_rows", explanation.liveRows());
    out.writeFieldName("plan");
    write(explanation.plan(), out);
    out.writeEndObject();
  }

  private static void write(Explanation.Node node, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("operation", node.operation());
    if (node.where().isPresent()) {
      out.writeStringField("where", node.where().get());
    }
    out.writeStringField("what", node.what());
    out.writeNumberField("estimated", node.estimated());
    out.writeNumberField("rows", node.rows());
    out.writeNumberField("scored", node.cost().scored());
    out.writeNumberField("waves", node.cost().waves());
    out.writeNumberField("requests", node.cost().requests());
    out.writeNumberField("bytes", node.cost().bytes());
    out.writeNumberField("took_us", node.micros());
    if (!node.inputs().isEmpty()) {
      out.writeArrayFieldStart("inputs");
      for (Explanation.Node input : node.inputs()) {
        write(input, out);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  public static void write(NamespaceStats stats, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("documents", stats.documents());
    out.writeNumberField("expired_documents", stats.expiredDocuments());
    out.writeNumberField("segments", stats.segments());
    out.writeNumberField("segment_rows", stats.segmentRows());
    out.writeNumberField("deleted_rows", stats.deletedRows());
    out.writeNumberField("live_rows", stats.liveRows());
    out.writeNumberField("stored_bytes", stats.storedBytes());
    out.writeNumberField("unflushed_bytes", stats.unflushedBytes());
    out.writeNumberField("held_bytes", stats.heldBytes());
    out.writeNumberField("manifest_version", stats.manifestVersion());
    out.writeNumberField("epoch", stats.epoch());
    out.writeNumberField("wal_sequence", stats.walSequence());
    out.writeStringField("created_at", stats.createdAt().toString());
    out.writeArrayFieldStart("troubles");
    for (Trouble trouble : stats.troubles()) {
      out.writeStartObject();
      out.writeStringField("work", trouble.work());
      out.writeStringField("since", trouble.since().toString());
      out.writeNumberField("failures", trouble.failures());
      out.writeStringField("next_try", trouble.nextTry().toString());
      out.writeStringField("message", trouble.message());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("indexes");
    for (IndexCount count : stats.indexes()) {
      out.writeStartObject();
      out.writeStringField("kind", count.kind());
      out.writeStringField("encoding", count.encoding());
      if (count.recipe().isPresent()) {
        out.writeStringField("recipe", count.recipe().get());
      }
      out.writeBooleanField("configured", count.configured());
      out.writeNumberField("indexes", count.indexes());
      out.writeNumberField("rows", count.rows());
      out.writeNumberField("bytes", count.bytes());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("building");
    for (IndexProgress index : stats.building()) {
      out.writeStartObject();
      out.writeStringField("field", index.field());
      out.writeStringField("kind", index.kind());
      out.writeNumberField("segments_done", index.segmentsDone());
      out.writeNumberField("segments", index.segments());
      out.writeNumberField("rows_done", index.rowsDone());
      out.writeNumberField("rows", index.rows());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
