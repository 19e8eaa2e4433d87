package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.elacsym.engine.Engine;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Ranking.Method;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.SortKey;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An order of attributes as a clause of a fusion, beside a plain computation of the same. */
final class OrderClauseTest {
  private static final int DOCUMENTS = 60;
  private static final int DEPTH = 25;
  private static final Ranking NEAREST = TestEngine.nearest(17.4f, 0);

  private final Random random = new Random(5);
  private final Map<Long, Double> prices = new HashMap<>();
  private Engine engine;
  private Namespace namespace;

  @BeforeEach
  void fill() {
    engine = TestEngine.open(new MemoryStorage());
    namespace = engine.create("ns", TestEngine.schema());
    List<WriteOp> ops = new ArrayList<>();
    for (long id = 0; id < DOCUMENTS; id++) {
      Map<String, Value> attributes = new HashMap<>();
      if (random.nextInt(3) > 0) {
        double price = random.nextInt(40) - 20;
        prices.put(id, price);
        attributes.put("price", new Value.Real(price));
      }
      ops.add(
          new WriteOp.Upsert(
              new Document(DocId.of(id), Map.of(Schema.VECTOR, new float[] {id, 0}), attributes)));
      if (id == DOCUMENTS / 2) {
        namespace.write(new WriteRequest(List.copyOf(ops)));
        namespace.flush();
        ops.clear();
      }
    }
    namespace.write(new WriteRequest(ops));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static Ranking.Fusion fusion(SortKey key, Method method, int depth) {
    return new Ranking.Fusion(
        List.of(
            new Ranking.WeightedClause(NEAREST, 1),
            new Ranking.WeightedClause(new Ranking.AttributeOrder(List.of(key)), 3)),
        method,
        depth);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itCountsByItsRankOrItsValue(boolean descending) {
    List<Long> nearest = new ArrayList<>();
    Map<Long, Double> similarity = new HashMap<>();
    for (Hit hit : namespace.query(QueryRequest.of(NEAREST).withTopK(DEPTH)).hits()) {
      long id = Long.parseLong(hit.document().id().toString());
      nearest.add(id);
      similarity.put(id, hit.score());
    }
    Comparator<Long> byPrice = Comparator.comparing(id -> prices.getOrDefault(id, 0.0));
    List<Long> priced =
        prices.keySet().stream()
            .sorted((descending ? byPrice.reversed() : byPrice).thenComparing(id -> id))
            .limit(DEPTH)
            .toList();
    Map<Long, Double> byRank = new HashMap<>();
    Map<Long, Double> byScore = new HashMap<>();
    for (int i = 0; i < DEPTH; i++) {
      byRank.merge(nearest.get(i), 1.0 / (8 + i), Double::sum);
      byRank.merge(priced.get(i), 3.0 / (8 + i), Double::sum);
      byScore.merge(nearest.get(i), share(nearest, similarity, i), Double::sum);
      byScore.merge(priced.get(i), 3 * share(priced, prices, i), Double::sum);
    }
    SortKey key = new SortKey("price", descending, false);
    same(fusion(key, new Method.ReciprocalRank(7), DEPTH), byRank);
    same(fusion(key, new Method.NormalizedScore(), DEPTH), byScore);
  }

  private static double share(List<Long> ranked, Map<Long, Double> values, int place) {
    double first = values.getOrDefault(ranked.getFirst(), 0.0);
    double last = values.getOrDefault(ranked.getLast(), 0.0);
    return (values.getOrDefault(ranked.get(place), 0.0) - last) / (first - last);
  }

  private void same(Ranking.Fusion fusion, Map<Long, Double> expected) {
    Map<Long, Double> found = new HashMap<>();
    namespace
        .query(QueryRequest.of(fusion).withTopK(DEPTH).withProjection(Projection.IDS))
        .hits()
        .forEach(hit -> found.put(Long.parseLong(hit.document().id().toString()), hit.score()));
    assertThat(found).hasSize(DEPTH);
    double least = found.values().stream().mapToDouble(score -> score).min().orElseThrow();
    expected.forEach((id, score) -> {
      if (score > least + 1e-9) {
        assertThat(found.get(id)).as("%s of %s", id, fusion).isCloseTo(score, within(1e-9));
      }
    });
  }

  @Test
  void valuesThatAreFarApartAreStillComparedByTheirDistance() {
    namespace.write(
        new WriteRequest(
            List.of(
                new WriteOp.Patch(
                    DocId.of(1), Map.of(), Map.of("price", new Value.Real(-Double.MAX_VALUE))),
                new WriteOp.Patch(
                    DocId.of(2), Map.of(), Map.of("price", new Value.Real(Double.MAX_VALUE))))));
    Hit best =
        namespace
            .query(
                QueryRequest.of(
                    fusion(new SortKey("price", true, false), new Method.NormalizedScore(), 1_000)))
            .hits()
            .getFirst();
    assertThat(best.document().id()).isEqualTo(DocId.of(2));
    assertThat(best.score()).isBetween(3.0, 4.0);
  }

  @Test
  void whatCannotBeAClauseIsRefused() {
    Method score = new Method.NormalizedScore();
    assertThatThrownBy(() ->
            namespace.query(QueryRequest.of(fusion(new SortKey("id", true, false), score, 10))))
        .hasMessageContaining("expected an attribute of type int, uint, float or datetime");
    assertThatThrownBy(() ->
            namespace.query(QueryRequest.of(fusion(new SortKey("price", true, true), score, 10))))
        .hasMessageContaining("ranks only documents that have it");
    assertThatThrownBy(() ->
            namespace.query(
                QueryRequest.of(
                    new Ranking.Fusion(
                        List.of(
                            new Ranking.WeightedClause(NEAREST, 1),
                            new Ranking.WeightedClause(new Ranking.IdOrder(), 1)),
                        score,
                        10))))
        .hasMessageContaining("clause by ids");
  }
}
