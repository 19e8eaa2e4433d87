package io.elacsym.engine.query;

import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.segment.Needs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds out which indexes requests will use, before anything is read for it. */
public final class QueryNeeds {
  private final Set<String> vectors = new HashSet<>();
  private final Set<String> texts = new HashSet<>();
  private final Set<String> attributes = new HashSet<>();

  private QueryNeeds() {}

  public static Needs of(List<QueryRequest> requests) {
    QueryNeeds needs = new QueryNeeds();
    for (QueryRequest request : requests) {
      needs.add(request.ranking());
      request.filter().ifPresent(needs::add);
    }
    return needs.found();
  }

  private Needs found() {
    return new Needs(vectors, texts, attributes);
  }

  private void add(Ranking ranking) {
    switch (ranking) {
      case Ranking.Nearest nearest -> vectors.add(nearest.field());
      case Ranking.Bm25 bm25 -> bm25.fields().forEach(weighted -> texts.add(weighted.field()));
      case Ranking.Fusion fusion -> fusion.clauses().forEach(clause -> add(clause.ranking()));
      case Ranking.IdOrder order -> {
        // No index is needed, because every open segment has its ids in memory.
      }
    }
  }

  private void add(Filter filter) {
    switch (filter) {
      case Filter.And and -> and.conditions().forEach(this::add);
      case Filter.Or or -> or.conditions().forEach(this::add);
      case Filter.Not not -> add(not.condition());
      case Filter.Condition condition -> attributes.add(condition.field());
    }
  }
}
