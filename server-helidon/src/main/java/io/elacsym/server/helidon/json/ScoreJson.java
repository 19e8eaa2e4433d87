package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.elacsym.engine.model.ScoreExplanation;
import java.io.IOException;
import java.util.List;

/** Writes how a hit came to its score: each node with its kind, its score and what that is of. */
final class ScoreJson {
  private ScoreJson() {}

  static void write(ScoreExplanation explanation, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("kind", kind(explanation));
    out.writeFieldName("score");
    ResultJson.writeScore(explanation.score(), out);
    switch (explanation) {
      case ScoreExplanation.Sum sum -> parts(sum.parts(), out);
      case ScoreExplanation.Best best -> {
        out.writeNumberField("tie_breaker", best.tieBreaker());
        parts(best.parts(), out);
      }
      case ScoreExplanation.OfField field -> {
        out.writeStringField("field", field.field());
        out.writeNumberField("weight", field.weight());
        part(field.part(), out);
      }
      case ScoreExplanation.Boosted boosted -> {
        out.writeNumberField("boost", boosted.boost());
        part(boosted.part(), out);
      }
      case ScoreExplanation.Match match -> match(match, out);
      case ScoreExplanation.Untold untold -> out.writeStringField("plugin", untold.plugin());
      case ScoreExplanation.Nearest nearest -> {
        out.writeStringField("field", nearest.field());
        out.writeStringField("metric", nearest.metric().id());
      }
      case ScoreExplanation.OfValue value -> out.writeStringField("field", value.field());
      case ScoreExplanation.Fused fused -> {
        out.writeArrayFieldStart("clauses");
        for (ScoreExplanation.Share share : fused.shares()) {
          out.writeStartObject();
          out.writeNumberField("clause", share.clause());
          out.writeNumberField("rank", share.rank());
          out.writeNumberField("weight", share.weight());
          out.writeNumberField("share", share.share());
          part(share.part(), out);
          out.writeEndObject();
        }
        out.writeEndArray();
      }
    }
    out.writeEndObject();
  }

  private static String kind(ScoreExplanation explanation) {
    return switch (explanation) {
      case ScoreExplanation.Sum _ -> "sum";
      case ScoreExplanation.Best _ -> "best";
      case ScoreExplanation.OfField _ -> "field";
      case ScoreExplanation.Boosted _ -> "boost";
      case ScoreExplanation.Match match -> match.terms().size() == 1 ? "term" : "phrase";
      case ScoreExplanation.Untold _ -> "untold";
      case ScoreExplanation.Nearest _ -> "vector";
      case ScoreExplanation.OfValue _ -> "order";
      case ScoreExplanation.Fused _ -> "fusion";
    };
  }

  private static void part(ScoreExplanation part, JsonGenerator out) throws IOException {
    out.writeFieldName("of");
    write(part, out);
  }

  private static void parts(List<ScoreExplanation> parts, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("parts");
    for (ScoreExplanation part : parts) {
      write(part, out);
    }
    out.writeEndArray();
  }

  private static void match(ScoreExplanation.Match match, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("terms");
    for (ScoreExplanation.Term term : match.terms()) {
      out.writeStartObject();
      out.writeStringField("term", term.term());
      out.writeNumberField("documents", term.documents());
      out.writeNumberField("documents_with_term", term.documentsWithTerm());
      out.writeNumberField("idf", term.idf());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("idf", match.idf());
    out.writeNumberField("frequency", match.frequency());
    out.writeNumberField("length", match.length());
    out.writeNumberField("average_length", match.averageLength());
    out.writeNumberField("k1", match.k1());
    out.writeNumberField("b", match.b());
    if (!match.fields().isEmpty()) {
      out.writeArrayFieldStart("fields");
      for (ScoreExplanation.FieldShare share : match.fields()) {
        out.writeStartObject();
        out.writeStringField("field", share.field());
        out.writeNumberField("weight", share.weight());
        out.writeNumberField("frequency", share.frequency());
        out.writeNumberField("length", share.length());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
  }
}
