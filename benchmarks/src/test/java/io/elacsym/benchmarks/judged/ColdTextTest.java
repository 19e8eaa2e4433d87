package io.elacsym.benchmarks.judged;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.TextAnalysis;
import io.elacsym.benchmarks.measure.OwnEngine;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Expansion;
import io.elacsym.engine.model.Fuzziness;
import io.elacsym.engine.model.Minimum;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.TextExpression;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The waves of a first text query, on an index that is too large to be read whole. */
class ColdTextTest {
  private static final int DOCUMENTS = 40_000;
  private static final int WORDS = 60;
  private static final int VOCABULARY = 30_000;
  private static final Place PLACE = Place.named("query");

  @Test
  void aFirstTextQueryTakesThreeWavesAndAPrefixOneMore(@TempDir Path folder) {
    try (Engine engine = OwnEngine.quiet(folder)) {
      LinkedHashMap<String, Attribute> attributes = new LinkedHashMap<>();
      attributes.put("text", Attribute.fullText(TextAnalysis.DEFAULT));
      fill(engine.create("cold", new Schema(List.of(), attributes)));
    }
    assertThat(waves(folder, TextExpression.words("w7 w900 w12000")))
        .as("words")
        .isLessThanOrEqualTo(3);
    assertThat(waves(folder, new TextExpression.Phrase(PLACE, "w7 w90", 1)))
        .as("a phrase")
        .isLessThanOrEqualTo(3);
    assertThat(
            waves(
                folder,
                new TextExpression.Words(
                    PLACE, "w900 w120", Minimum.ALL, true, Optional.empty(), Expansion.DEFAULT)))
        .as("a prefix")
        .isLessThanOrEqualTo(4);
    assertThat(
            waves(
                folder,
                new TextExpression.Words(
                    PLACE,
                    "w12000",
                    Minimum.ONE,
                    false,
                    Optional.of(Fuzziness.AUTO),
                    Expansion.DEFAULT)))
        .as("a fuzzy word")
        .isLessThanOrEqualTo(4);
  }

  /** Without those that open the namespace, and without attributes, which are one more. */
  private static int waves(Path folder, TextExpression query) {
    try (Engine engine = OwnEngine.quiet(folder)) {
      QueryResult result =
          engine
              .namespace("cold")
              .query(
                  QueryRequest.of(
                          new Ranking.Bm25(List.of(new Ranking.WeightedField("text", 1)), query))
                      .withProjection(Projection.IDS)
                      .withConsistency(Consistency.EVENTUAL)
                      .withExplain(true));
      assertThat(result.hits()).isNotEmpty();
      System.out.println(query + ": " + result.cost());
      return result.cost().waves() - result.cost().openWaves();
    }
  }

  private static void fill(Namespace namespace) {
    Random random = new Random(7);
    List<WriteOp> ops = new ArrayList<>();
    for (int id = 0; id < DOCUMENTS; id++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < WORDS; word++) {
        text.append('w').append((int) Math.pow(VOCABULARY, random.nextDouble())).append(' ');
      }
      ops.add(
          new WriteOp.Upsert(
              new Document(DocId.of(id), Map.of(), Map.of("text", Value.of(text.toString())))));
      if (ops.size() == 2_000) {
        namespace.write(new WriteRequest(List.copyOf(ops)));
        ops.clear();
      }
    }
    namespace.flush();
  }
}
