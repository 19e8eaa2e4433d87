package io.elacsym.engine.check;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.TextField;
import io.elacsym.engine.model.Cursor;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.SortKey;
import io.elacsym.engine.model.Strings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks a query against a schema before anything is read; filters are checked by themselves. */
public final class QueryCheck {
  private static final Place ATTRIBUTES = Place.ROOT.field("include_attributes");
  private static final Place VECTORS = Place.ROOT.field("include_vector");

  private QueryCheck() {}

  /**
   * Checks all of a query but its filter.
   *
   * @param idKind of the namespace's ids; empty while there are none
   * @throws ElacsymException {@code INVALID_REQUEST} naming place, value and expectation
   */
  public static void check(QueryRequest request, Schema schema, Optional<DocId.Kind> idKind) {
    int least = request.aggregation().isEmpty() ? 1 : 0;
    if (request.topK() < least || request.topK() > QueryRequest.MAX_TOP_K) {
      throw ElacsymException.invalid(
          "top_k is "
              + request.topK()
              + ", expected "
              + least
              + " to "
              + QueryRequest.MAX_TOP_K
              + (least == 0 ? "" : ", or 0 beside aggregates, facets or group_by"));
    }
    if (request.distinct().isPresent() && request.cursor().isPresent()) {
      throw ElacsymException.invalid(
          "cursor is given beside distinct, expected one of them: a page does not know which"
              + " values the pages before it had");
    }
    request.distinct().ifPresent(distinct -> OrderCheck.check(distinct, schema));
    check(request.projection(), schema);
    request.cursor().ifPresent(cursor -> check(cursor, request.ranking()));
    if (request.ranking() instanceof Ranking.Fusion fusion && fusion.depth() < request.topK()) {
      throw ElacsymException.invalid(
          "fusion depth is "
              + fusion.depth()
              + ", expected at least top_k, which is "
              + request.topK());
    }
    check(request.ranking(), schema, true);
    request.highlight().ifPresent(highlight -> HighlightCheck.check(highlight, request.ranking()));
    var _ = AggregationCheck.check(request.aggregation(), schema);
    if (request.ranking() instanceof Ranking.AttributeOrder(List<SortKey> keys)
        && request.cursor().orElse(new Cursor.Start()) instanceof Cursor.BehindValues cursor) {
      var _ = OrderCheck.position(cursor, OrderCheck.order(keys, schema), schema, idKind);
    }
  }

  /**
   * Checks which fields are asked for.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} naming an attribute that the schema lacks
   */
  public static void check(Projection projection, Schema schema) {
    List<String> names = projection.attributes().orElse(List.of());
    for (int i = 0; i < names.size(); i++) {
      FieldCheck.attribute(names.get(i), schema, ATTRIBUTES.index(i));
    }
    List<String> vectors = projection.vectors().orElse(List.of());
    for (int i = 0; i < vectors.size(); i++) {
      FieldCheck.vector(vectors.get(i), schema, VECTORS.index(i));
    }
  }

  private static void check(Cursor cursor, Ranking ranking) {
    boolean fits =
        switch (cursor) {
          case Cursor.Start _ -> true;
          case Cursor.Behind _ -> ranking instanceof Ranking.IdOrder;
          case Cursor.BehindValues _ -> ranking instanceof Ranking.AttributeOrder;
          case Cursor.Unseen unseen ->
              !(ranking instanceof Ranking.IdOrder || ranking instanceof Ranking.AttributeOrder)
                  && unseen.ids().size() <= Cursor.Unseen.MAX_SEEN;
        };
    if (!fits) {
      throw otherCursor();
    }
  }

  static ElacsymException otherCursor() {
    return ElacsymException.invalid("the cursor is of another query, expected one of this query");
  }

  private static void check(Ranking ranking, Schema schema, boolean top) {
    switch (ranking) {
      case Ranking.Nearest nearest -> check(nearest, schema);
      case Ranking.Bm25 bm25 -> check(bm25, schema);
      case Ranking.Fusion fusion -> {
        int clauses = fusion.clauses().size();
        if (!top || clauses < 2 || clauses > Ranking.Fusion.MAX_CLAUSES) {
          throw ElacsymException.invalid(
              "fusion has "
                  + clauses
                  + " clauses, expected 2 to "
                  + Ranking.Fusion.MAX_CLAUSES
                  + ", none of them a fusion");
        }
        if (fusion.method() instanceof Ranking.Method.ReciprocalRank(int constant)
            && constant < 1) {
          throw ElacsymException.invalid("fusion k is " + constant + ", expected at least 1");
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
          if (clause.ranking() instanceof Ranking.AttributeOrder(List<SortKey> keys)) {
            OrderCheck.checkClause(keys.getFirst(), fusion.method(), schema);
          }
        }
      }
      case Ranking.AttributeOrder(List<SortKey> keys) -> {
        var _ = OrderCheck.order(keys, schema);
      }
      case Ranking.IdOrder _ -> {
        if (!top) {
          throw ElacsymException.invalid(
              "fusion has a clause by ids, expected vectors, texts and attributes");
        }
      }
    }
  }

  private static void check(Ranking.Nearest nearest, Schema schema) {
    FieldCheck.vector(nearest.field(), schema, nearest.fieldPlace());
    VectorCheck.check(nearest.vector(), nearest.field(), schema, nearest.place());
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
    boolean oneText = bm25.combining() instanceof Ranking.Combining.OneText;
    TextCheck.check(bm25.query(), bm25.fields().size() > 1 && !oneText);
    Set<String> seen = new HashSet<>();
    for (Ranking.WeightedField field : bm25.fields()) {
      String shown = field.place() + " is \"" + Strings.shown(field.field()) + "\"";
      textField(field.field(), schema, field.place());
      if (!seen.add(field.field())) {
        throw ElacsymException.invalid(shown + " for the second time");
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
    check(bm25.combining(), bm25.fields(), schema);
  }

  private static void check(
      Ranking.Combining combining, List<Ranking.WeightedField> fields, Schema schema) {
    switch (combining) {
      case Ranking.Combining.Sum _ -> {
        // Any fields can be added up.
      }
      case Ranking.Combining.Best(double tieBreaker) -> {
        if (!(tieBreaker >= 0 && tieBreaker <= 1)) {
          throw ElacsymException.invalid("tie_breaker is " + tieBreaker + ", expected 0 to 1");
        }
      }
      case Ranking.Combining.OneText _ -> fields.forEach(field -> ofOneText(field, fields, schema));
    }
  }

  private static void ofOneText(
      Ranking.WeightedField field, List<Ranking.WeightedField> all, Schema schema) {
    String first = all.getFirst().field();
    if (!textField(field.field(), schema, field.place())
        .analysis()
        .equals(textField(first, schema, all.getFirst().place()).analysis())) {
      throw ElacsymException.invalid(
          field.place()
              + " is \""
              + Strings.shown(field.field())
              + "\", which is analysed in another way than \""
              + Strings.shown(first)
              + "\", expected fields with the same full_text options for combine \"bm25f\"");
    }
    double most = Ranking.Combining.OneText.MAX_WEIGHT;
    if (!(field.weight() >= 1 && field.weight() <= most)) {
      throw ElacsymException.invalid(
          "weight of '"
              + field.field()
              + "' is "
              + field.weight()
              + ", expected 1 to "
              + (long) most
              + " for combine \"bm25f\"");
    }
  }

  /**
   * The text field of a name.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} when the schema has no such full-text
   *     attribute
   */
  public static TextField textField(String name, Schema schema, Place place) {
    return FieldCheck.attribute(name, schema, place)
        .fullText()
        .map(analysis -> new TextField(name, analysis))
        .orElseThrow(() ->
            ElacsymException.invalid(
                place
                    + " is \""
                    + Strings.shown(name)
                    + "\", which the schema does not declare as full_text"
                    + others(schema)));
  }

  private static String others(Schema schema) {
    List<String> declared =
        schema.attributes().entrySet().stream()
            .filter(entry -> entry.getValue().fullText().isPresent())
            .map(Map.Entry::getKey)
            .toList();
    return declared.isEmpty() ? "" : "; those are " + String.join(", ", declared);
  }
}
