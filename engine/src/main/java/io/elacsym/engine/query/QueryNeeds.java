package io.elacsym.engine.query;

import io.elacsym.engine.aggregate.Tally;
import io.elacsym.engine.model.Aggregate;
import io.elacsym.engine.model.Aggregation;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.order.RowOrder;
import io.elacsym.engine.segment.Needs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
      request
          .distinct()
          .ifPresent(
              distinct -> distinct.fields().forEach(field -> needs.attributes.add(field.name())));
      needs.add(request.aggregation());
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
      case Ranking.AttributeOrder order -> attributes.add(order.keys().getFirst().field());
      case Ranking.IdOrder order -> {
        // No index is needed, because every open segment has its ids in memory.
      }
    }
  }

  /** What is computed of one attribute alone is made of its index. */
  private void add(Aggregation aggregation) {
    aggregation.facets().values().forEach(facet -> attributes.add(facet.field()));
    for (Aggregate aggregate : aggregation.aggregates().values()) {
      if (aggregate instanceof Aggregate.OfValues values) {
        attributes.add(values.field());
      }
    }
    aggregation
        .grouping()
        .filter(grouping -> grouping.keys().size() == 1)
        .ifPresent(grouping -> attributes.add(grouping.keys().getFirst().field()));
  }

  private void add(Filter filter) {
    switch (filter) {
      case Filter.And and -> and.conditions().forEach(this::add);
      case Filter.Or or -> or.conditions().forEach(this::add);
      case Filter.Not not -> add(not.condition());
      case Filter.Condition condition -> attributes.add(condition.field());
    }
  }

  /**
   * The attributes whose indexes make tallies cheaper: those of which a tally is made alone.
   * Whoever reads more than one attribute reads columns.
   */
  static Set<String> indexes(List<Tally> tallies) {
    return tallies.stream()
        .flatMap(tally -> tally.onlyField().stream())
        .collect(Collectors.toSet());
  }

  /** The attribute whose index makes an order cheaper. */
  static Set<String> indexes(RowOrder order) {
    return Set.of(order.keys().getFirst().field());
  }
}
