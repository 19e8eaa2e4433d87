package io.elacsym.benchmarks.texts;

import io.elacsym.api.index.TextAnalysis;
import io.elacsym.benchmarks.measure.OwnEngine;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One segment of a namespace, asked as a caller of the engine asks it. */
final class EngineRanker implements Ranker {
  private static final String TEXT = "text";
  private static final int BATCH = 1_000;

  private final Engine engine;
  private final Namespace namespace;

  EngineRanker(List<String> texts, Path folder) {
    this.engine = OwnEngine.quiet(folder);
    LinkedHashMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put(TEXT, Attribute.fullText(TextAnalysis.DEFAULT));
    this.namespace = engine.create("texts", new Schema(List.of(), attributes));
    for (int from = 0; from < texts.size(); from += BATCH) {
      List<WriteOp> ops = new ArrayList<>();
      for (int i = from; i < Math.min(texts.size(), from + BATCH); i++) {
        ops.add(
            new WriteOp.Upsert(
                new Document(DocId.of(i), Map.of(), Map.of(TEXT, Value.of(texts.get(i))))));
      }
      namespace.write(new WriteRequest(ops));
    }
    namespace.flush();
    namespace.compact();
  }

  long segments() {
    return namespace.stats().segments();
  }

  @Override
  public double[] best(Asked asked) {
    return namespace
        .query(
            QueryRequest.of(
                    new Ranking.Bm25(
                        List.of(new Ranking.WeightedField(TEXT, 1)), asked.expression()))
                .withTopK(TOP)
                .withProjection(Projection.IDS)
                .withConsistency(Consistency.EVENTUAL))
        .hits()
        .stream()
        .mapToDouble(Hit::score)
        .toArray();
  }

  @Override
  public void close() {
    engine.close();
  }
}
