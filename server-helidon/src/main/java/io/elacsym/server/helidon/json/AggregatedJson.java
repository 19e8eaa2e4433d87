package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.elacsym.engine.model.Aggregated;
import io.elacsym.engine.model.Aggregated.Bucket;
import io.elacsym.engine.model.Aggregated.Counts;
import io.elacsym.engine.model.Aggregated.Group;
import io.elacsym.engine.model.Aggregated.Groups;
import io.elacsym.engine.model.Aggregated.Nothing;
import io.elacsym.engine.model.Aggregated.Outcome;
import io.elacsym.engine.model.Aggregated.Single;
import io.elacsym.engine.model.Aggregated.Span;
import io.elacsym.engine.model.Aggregated.Term;
import io.elacsym.engine.model.Aggregated.Whole;
import io.elacsym.engine.model.Value;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/** Writes what was computed of documents together, under the keys by which it was asked for. */
final class AggregatedJson {
  private AggregatedJson() {}

  static void write(Aggregated aggregated, JsonGenerator out) throws IOException {
    if (!aggregated.aggregates().isEmpty()) {
      out.writeFieldName("aggregates");
      outcomes(aggregated.aggregates(), out);
    }
    if (!aggregated.facets().isEmpty()) {
      out.writeObjectFieldStart("facets");
      for (Map.Entry<String, Counts> facet : aggregated.facets().entrySet()) {
        out.writeObjectFieldStart(facet.getKey());
        out.writeArrayFieldStart("buckets");
        for (Bucket bucket : facet.getValue().buckets()) {
          write(bucket, out);
        }
        out.writeEndArray();
        out.writeBooleanField("more", facet.getValue().more());
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    if (aggregated.groups().isPresent()) {
      out.writeFieldName("groups");
      write(aggregated.groups().get(), out);
    }
  }

  private static void outcomes(Map<String, Outcome> outcomes, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, Outcome> outcome : outcomes.entrySet()) {
      out.writeFieldName(outcome.getKey());
      switch (outcome.getValue()) {
        case Whole(BigInteger value) -> out.writeNumber(value);
        case Single(Value.Scalar value) -> GivenJson.write(value, out);
        case Nothing() -> out.writeNull();
      }
    }
    out.writeEndObject();
  }

  private static void write(Bucket bucket, JsonGenerator out) throws IOException {
    out.writeStartObject();
    switch (bucket) {
      case Term(Value.Scalar value, long _) -> {
        out.writeFieldName("value");
        GivenJson.write(value, out);
      }
      case Span(Optional<Value.Scalar> from, Optional<Value.Scalar> to, long _) -> {
        end("from", from, out);
        end("to", to, out);
      }
    }
    out.writeNumberField("count", bucket.count());
    out.writeEndObject();
  }

  private static void end(String name, Optional<Value.Scalar> value, JsonGenerator out)
      throws IOException {
    if (value.isPresent()) {
      out.writeFieldName(name);
      GivenJson.write(value.get(), out);
    }
  }

  private static void write(Groups groups, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("buckets");
    for (Group group : groups.groups()) {
      out.writeStartObject();
      out.writeObjectFieldStart("key");
      for (Map.Entry<String, Optional<Value.Scalar>> part : group.key().entrySet()) {
        out.writeFieldName(part.getKey());
        if (part.getValue().isPresent()) {
          GivenJson.write(part.getValue().get(), out);
        } else {
          out.writeNull();
        }
      }
      out.writeEndObject();
      out.writeFieldName("aggregates");
      outcomes(group.aggregates(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeBooleanField("more", groups.more());
    out.writeEndObject();
  }
}
