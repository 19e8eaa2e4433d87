package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.QueryResult;
import java.io.IOException;

/** Writes the answer to a query. */
public final class AnswerJson {
  private AnswerJson() {}

  /**
   * Writes what stands in the object of an answer.
   *
   * @param asked the queries of the request
   * @param query the number of the one that is answered
   */
  public static void write(QueryResult result, QueryJson asked, int query, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart("results");
    for (Hit hit : result.hits()) {
      out.writeStartObject();
      DocumentJson.writeId(hit.document(), out);
      out.writeFieldName("score");
      ResultJson.writeScore(hit.score(), out);
      DocumentJson.writeFields(hit.document(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
    if (asked.requests().get(query).cursor().isPresent()) {
      out.writeFieldName("next");
      if (result.next().isPresent()) {
        out.writeString(asked.cursor(query, result.next().get()));
      } else {
        out.writeNull();
      }
    }
    if (result.aggregated().isPresent()) {
      AggregatedJson.write(result.aggregated().get(), out);
    }
    if (result.explanation().isPresent()) {
      out.writeFieldName("explain");
      ResultJson.write(result.explanation().get(), out);
      out.writeFieldName("cost");
      ResultJson.write(result.cost(), out);
    }
  }
}
