package com.example.embedding;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Keeps three documents in a folder, and asks for them by vector and by words. */
public final class Main {
  private Main() {}

  /**
   * Runs it.
   *
   * @param arguments the folder
   */
  public static void main(String[] arguments) {
    EngineSettings settings =
        EngineSettings.of(
            Map.of(
                "storage.local.root_path", arguments[0] + "/data",
                "cache.disk_path", arguments[0] + "/cache"));
    try (Engine engine = Engine.open(settings, Providers.found())) {
      Namespace books = engine.create("books", schema());
      books.write(
          new WriteRequest(
              List.of(
                  book(1, 1, 0, "A field guide to sea birds"),
                  book(2, 0, 1, "The making of maps"),
                  book(3, 1, 1, "Birds on old maps"))));
      books.flush();
      show("nearest", books, Ranking.Nearest.of(Schema.VECTOR, new float[] {1, 0.1f}));
      show(
          "with words",
          books,
          new Ranking.Bm25(List.of(new Ranking.WeightedField("title", 1)), "old maps"));
      engine.drop("books");
    }
  }

  private static Schema schema() {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("title", Attribute.fullText(TextAnalysis.DEFAULT));
    return new Schema(List.of(new VectorField(Schema.VECTOR, 2, Metric.COSINE)), attributes);
  }

  private static WriteOp book(long id, float x, float y, String title) {
    return new WriteOp.Upsert(
        new Document(
            DocId.of(id),
            Map.of(Schema.VECTOR, new float[] {x, y}),
            Map.of("title", Value.of(title))));
  }

  private static void show(String what, Namespace books, Ranking ranking) {
    QueryRequest request =
        QueryRequest.of(ranking).withTopK(2).withProjection(Projection.ALL);
    for (Hit hit : books.query(request).hits()) {
      System.out.println(
          what + ": " + hit.document().id() + " " + hit.document().attributes().get("title"));
    }
  }
}
