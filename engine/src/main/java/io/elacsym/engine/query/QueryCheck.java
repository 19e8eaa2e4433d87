package io.elacsym.engine.query;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;

/** Checks a query against a schema before anything is read. */
final class QueryCheck {
  private QueryCheck() {}

  static void check(QueryRequest request, Schema schema) {
    if (request.topK() < 1 || request.topK() > QueryRequest.MAX_TOP_K) {
      throw ElacsymException.invalid(
          "top_k is " + request.topK() + ", expected 1 to " + QueryRequest.MAX_TOP_K);
    }
    check(request.projection(), schema);
    if (request.ranking() instanceof Ranking.Fusion fusion && fusion.depth() < request.topK()) {
      throw ElacsymException.invalid(
          "fusion depth is "
              + fusion.depth()
              + ", expected at least top_k, which is "
              + request.topK());
    }
    check(request.ranking(), schema, true);
  }

  static void check(Projection projection, Schema schema) {
    projection
        .attributes()
        .ifPresent(names ->
            names.forEach(name -> {
              if (schema.attribute(name).isEmpty()) {
                throw ElacsymException.invalid(
                    "include_attributes names the unknown attribute '"
                        + name
                        + "'; known are "
                        + schema.attributes().keySet());
              }
            }));
  }

  private static void check(Ranking ranking, Schema schema, boolean top) {
    switch (ranking) {
      case Ranking.Nearest nearest -> check(nearest, schema);
      case Ranking.Bm25 bm25 -> check(bm25, schema);
      case Ranking.Fusion fusion -> {
        if (!top || fusion.clauses().size() < 2 || fusion.constant() < 1) {
          throw ElacsymException.invalid(
              "fusion has "
                  + fusion.clauses().size()
                  + " clauses and the constant "
                  + fusion.constant()
                  + ", expected at least 2 plain clauses and a constant from 1");
        }
        if (fusion.depth() < 1 || fusion.depth() > Ranking.Fusion.MAX_DEPTH) {
          throw ElacsymException.invalid(
              "fusion depth is " + fusion.depth() + ", expected 1 to " + Ranking.Fusion.MAX_DEPTH);
        }
        for (Ranking.WeightedClause clause : fusion.clauses()) {
          if (!(clause.weight() >= 0 && clause.weight() <= Ranking.MAX_WEIGHT)) {
            throw ElacsymException.invalid(
                "fusion weight is "
                    + clause.weight()
                    + ", expected 0 to "
                    + (long) Ranking.MAX_WEIGHT);
          }
          check(clause.ranking(), schema, false);
        }
      }
      case Ranking.IdOrder order -> {
        if (!top) {
          throw ElacsymException.invalid("fusion of an id order has no meaning");
        }
      }
    }
  }

  private static void check(Ranking.Nearest nearest, Schema schema) {
    VectorField field =
        schema
            .vector(nearest.field())
            .orElseThrow(() ->
                ElacsymException.invalid(
                    "the namespace has no vector field '" + nearest.field() + "'"));
    VectorCheck.check("vector", nearest.vector(), field);
    if (!(nearest.recallTarget() >= 0 && nearest.recallTarget() <= 1)) {
      throw ElacsymException.invalid(
          "recall_target is " + nearest.recallTarget() + ", expected 0 to 1");
    }
    if (nearest.effort().isPresent() && nearest.effort().getAsInt() < 1) {
      throw ElacsymException.invalid(
          "effort is " + nearest.effort().getAsInt() + ", expected at least 1");
    }
  }

  private static void check(Ranking.Bm25 bm25, Schema schema) {
    if (bm25.fields().isEmpty()) {
      throw ElacsymException.invalid("full_text names no field, expected at least one");
    }
    for (Ranking.WeightedField field : bm25.fields()) {
      if (schema.attribute(field.field()).flatMap(a -> a.fullText()).isEmpty()) {
        throw ElacsymException.invalid(
            "full_text field '"
                + field.field()
                + "' is no full-text attribute; those are "
                + schema.attributes().entrySet().stream()
                    .filter(entry -> entry.getValue().fullText().isPresent())
                    .map(java.util.Map.Entry::getKey)
                    .toList());
      }
      if (!(field.weight() > 0 && field.weight() <= Ranking.MAX_WEIGHT)) {
        throw ElacsymException.invalid(
            "weight of '"
                + field.field()
                + "' is "
                + field.weight()
                + ", expected more than 0 and at most "
                + (long) Ranking.MAX_WEIGHT);
      }
    }
    long distinct = bm25.fields().stream().map(Ranking.WeightedField::field).distinct().count();
    if (distinct < bm25.fields().size()) {
      throw ElacsymException.invalid("full_text names a field twice");
    }
  }
}
