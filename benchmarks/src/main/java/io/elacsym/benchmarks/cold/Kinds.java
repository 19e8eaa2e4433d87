package io.elacsym.benchmarks.cold;

import io.elacsym.benchmarks.data.Query;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The kinds of queries that are asked. */
final class Kinds {
  private static final int TOP_K = 10;

  private Kinds() {}

  /** By name, in the order of the report. */
  static Map<String, Function<Query, QueryRequest>> all() {
    Filter verbs = Filter.of("pos", Operator.EQUAL, new Value.Text("verb"));
    Filter tenth = Filter.of("shard", Operator.LESS, new Value.Int(100));
    Filter both = new Filter.And(List.of(verbs, tenth));
    Map<String, Function<Query, QueryRequest>> kinds = new LinkedHashMap<>();
    kinds.put("vector", query -> request(vector(query), Optional.empty()));
    kinds.put("vector, filtered (10 %)", query -> request(vector(query), Optional.of(tenth)));
    kinds.put("vector, verbs (11.7 %)", query -> request(vector(query), Optional.of(verbs)));
    kinds.put("full text", query -> request(text(query), Optional.empty()));
    kinds.put("full text, filtered (10 %)", query -> request(text(query), Optional.of(tenth)));
    kinds.put("hybrid", query -> request(hybrid(query), Optional.empty()));
    kinds.put("hybrid, filtered (1.2 %)", query -> request(hybrid(query), Optional.of(both)));
    return kinds;
  }

  private static QueryRequest request(Ranking ranking, Optional<Filter> filter) {
    return QueryRequest.of(ranking).withFilter(filter).withTopK(TOP_K);
  }

  private static Ranking vector(Query query) {
    return Ranking.Nearest.of(Schema.VECTOR, query.vector());
  }

  private static Ranking text(Query query) {
    return new Ranking.Bm25(List.of(new Ranking.WeightedField("gloss", 1)), query.text());
  }

  private static Ranking hybrid(Query query) {
    return new Ranking.Fusion(
        List.of(
            new Ranking.WeightedClause(vector(query), 1),
            new Ranking.WeightedClause(text(query), 1)),
        new Ranking.Method.ReciprocalRank(Ranking.Method.ReciprocalRank.DEFAULT_CONSTANT),
        Ranking.Fusion.DEFAULT_DEPTH);
  }
}
