package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Ranking.Fusion;
import io.elacsym.engine.model.Ranking.Method;
import io.elacsym.engine.model.Ranking.WeightedClause;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents with vectors of several fields, some of which they lack. */
class VectorFieldsTest {
  private static final String IMAGE = "image";

  private final Engine engine = TestEngine.open(new MemoryStorage(), Map.of());
  private final Namespace namespace =
      engine.create(
          "ns",
          new Schema(
              List.of(
                  new VectorField(Schema.VECTOR, 2, Metric.L2),
                  new VectorField(IMAGE, 3, Metric.COSINE)),
              new LinkedHashMap<>()));

  private static Document document(long id) {
    Map<String, float[]> vectors = new LinkedHashMap<>();
    if (id % 3 != 0) {
      vectors.put(Schema.VECTOR, new float[] {id, 0});
    }
    if (id % 3 != 1) {
      vectors.put(IMAGE, new float[] {100 - id, id, 0});
    }
    return new Document(DocId.of(id), vectors, Map.of());
  }

  private static List<String> ids(List<Hit> hits) {
    return hits.stream().map(hit -> hit.document().id().toString()).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachFieldIsSearchedByItself(boolean stored) {
    for (int i = 0; i < 60; i++) {
      namespace.write(TestEngine.upsert(document(i)));
    }
    if (stored) {
      namespace.flush();
    }
    Ranking near = Ranking.Nearest.of(Schema.VECTOR, new float[] {10, 0});
    Ranking image = Ranking.Nearest.of(IMAGE, new float[] {1, 1, 0});
    // Those of 9 and 12 are missing.
    assertThat(ids(namespace.query(QueryRequest.of(near).withTopK(3)).hits()))
        .containsExactly("10", "11", "8");
    assertThat(ids(namespace.query(QueryRequest.of(image).withTopK(3)).hits()))
        .containsExactly("50", "51", "48");
    Ranking both =
        new Fusion(
            List.of(new WeightedClause(near, 1), new WeightedClause(image, 1)),
            new Method.ReciprocalRank(1),
            10);
    assertThat(ids(namespace.query(QueryRequest.of(both).withTopK(2)).hits()))
        .containsExactly("10", "50");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theFieldsThatAreAskedForComeBack(boolean stored) {
    namespace.write(TestEngine.upsert(document(2)));
    if (stored) {
      namespace.flush();
    }
    Projection image = new Projection(Optional.of(List.of(IMAGE)), Optional.empty());
    assertThat(namespace.get(DocId.of(2), image).orElseThrow().vectors()).containsOnlyKeys(IMAGE);
    assertThat(namespace.get(DocId.of(2), Projection.ALL).orElseThrow().vectors())
        .containsOnlyKeys(Schema.VECTOR, IMAGE);
    assertThat(namespace.get(DocId.of(2), Projection.ATTRIBUTES).orElseThrow().vectors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aChangeOfOneVectorKeepsTheOther(boolean stored) {
    namespace.write(TestEngine.upsert(document(2)));
    if (stored) {
      namespace.flush();
    }
    namespace.write(
        new WriteRequest(
            List.of(
                new WriteOp.Patch(DocId.of(2), Map.of(IMAGE, new float[] {0, 0, 1}), Map.of()))));
    Document changed = namespace.get(DocId.of(2), Projection.ALL).orElseThrow();
    assertThat(changed.vectors().get(Schema.VECTOR)).containsExactly(2, 0);
    assertThat(changed.vectors().get(IMAGE)).containsExactly(0, 0, 1);
  }
}
