package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextTokenizer;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.TimeToLive;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes schemas, every default spelled out. */
public final class SchemaWriter {
  private SchemaWriter() {}

  public static void write(Schema schema, JsonGenerator out) throws IOException {
    out.writeStartObject();
    Optional<VectorField> vector = schema.vector(Schema.VECTOR);
    if (vector.isPresent()) {
      out.writeNumberField("vector_dim", vector.get().dimension());
      out.writeStringField("vector_metric", vector.get().metric().id());
    }
    List<VectorField> named =
        schema.vectors().stream().filter(field -> !field.name().equals(Schema.VECTOR)).toList();
    if (!named.isEmpty()) {
      out.writeObjectFieldStart("vectors");
      for (VectorField field : named) {
        out.writeObjectFieldStart(field.name());
        out.writeNumberField("dim", field.dimension());
        out.writeStringField("metric", field.metric().id());
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    out.writeObjectFieldStart("attributes");
    for (Map.Entry<String, Attribute> entry : schema.attributes().entrySet()) {
      out.writeFieldName(entry.getKey());
      write(entry.getValue(), out);
    }
    out.writeEndObject();
    if (schema.timeToLive().isPresent()) {
      TimeToLive ttl = schema.timeToLive().get();
      out.writeObjectFieldStart("ttl");
      out.writeStringField("attribute", ttl.attribute());
      out.writeStringField("after", SpanJson.shown(ttl.after()));
      out.writeBooleanField("on_write", ttl.onWrite());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void write(Attribute attribute, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", attribute.type().id());
    out.writeBooleanField("indexed", attribute.indexed());
    out.writeFieldName("full_text");
    if (attribute.fullText().isEmpty()) {
      out.writeBoolean(false);
    } else if (attribute.fullText().get().equals(TextAnalysis.DEFAULT)) {
      out.writeBoolean(true);
    } else {
      write(attribute.fullText().get(), out);
    }
    out.writeEndObject();
  }

  private static void write(TextAnalysis analysis, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("language", analysis.language());
    out.writeStringField("tokenizer", analysis.tokenizer().id());
    if (analysis.tokenizer() instanceof TextTokenizer.Ngrams ngrams) {
      out.writeNumberField("ngram_min", ngrams.shortest());
      out.writeNumberField("ngram_max", ngrams.longest());
    }
    out.writeBooleanField("stemming", analysis.stemming());
    out.writeBooleanField("remove_stopwords", analysis.removeStopwords());
    out.writeBooleanField("case_sensitive", analysis.caseSensitive());
    out.writeBooleanField("ascii_folding", analysis.asciiFolding());
    out.writeNumberField("max_token_length", analysis.maxTokenLength());
    out.writeNumberField("k1", analysis.k1());
    out.writeNumberField("b", analysis.b());
    out.writeEndObject();
  }
}
