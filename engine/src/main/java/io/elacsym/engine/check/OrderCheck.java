package io.elacsym.engine.check;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.filter.DocumentFilter;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Cursor;
import io.elacsym.engine.model.Distinct;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.SortKey;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.Position;
import io.elacsym.engine.order.RowOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks by which fields documents are ordered, and of which values there may be few hits. */
public final class OrderCheck {
  /** Types whose values are so far from each other as their difference says. */
  private static final Set<ElementType> NUMBERS =
      Set.of(ElementType.INT, ElementType.UINT, ElementType.FLOAT, ElementType.DATETIME);

  private OrderCheck() {}

  /**
   * The order that is asked for.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} naming place, value and expectation
   */
  public static RowOrder order(List<SortKey> keys, Schema schema) {
    if (keys.isEmpty() || keys.size() > SortKey.MAX_KEYS) {
      throw ElacsymException.invalid(
          "order has " + keys.size() + " fields, expected 1 to " + SortKey.MAX_KEYS);
    }
    Set<String> seen = new HashSet<>();
    List<RowOrder.Key> checked = new ArrayList<>();
    for (SortKey key : keys) {
      if (!key.field().equals(Schema.ID)) {
        single(key.field(), schema, key.place());
        requireOrder(key, schema);
      }
      once(key.field(), seen, key.place());
      checked.add(new RowOrder.Key(key.field(), key.descending(), key.missingFirst()));
    }
    return new RowOrder(checked);
  }

  /** Checks what an order needs so that it can be a clause of a fusion. */
  static void checkClause(SortKey first, Ranking.Method method, Schema schema) {
    if (first.missingFirst()) {
      throw ElacsymException.invalid(
          first.place()
              + " is \""
              + Strings.shown(first.field())
              + "\" with missing \"first\", expected \"last\" as the first field of a clause, which"
              + " ranks only documents that have it");
    }
    boolean number =
        schema
            .attribute(first.field())
            .filter(attribute -> NUMBERS.contains(attribute.type().element()))
            .isPresent();
    if (method instanceof Ranking.Method.NormalizedScore && !number) {
      throw ElacsymException.invalid(
          first.place()
              + " is \""
              + Strings.shown(first.field())
              + "\", expected an attribute of type int, uint, float or datetime for the fusion method"
              + " \"score\", or the method \"rank\"");
    }
  }

  /**
   * The place in an order from which a cursor goes on.
   *
   * @param idKind of the namespace's ids; empty while there are none
   * @throws ElacsymException {@code INVALID_REQUEST} when the cursor is of another order
   */
  public static Position position(
      Cursor.BehindValues cursor, RowOrder order, Schema schema, Optional<DocId.Kind> idKind) {
    boolean known = idKind.isEmpty() || idKind.get() == cursor.id().kind();
    if (!known || cursor.values().size() != order.keys().size()) {
      throw QueryCheck.otherCursor();
    }
    List<Optional<Value.Scalar>> values = new ArrayList<>();
    for (RowOrder.Key key : order.keys()) {
      values.add(
          key.field().equals(Schema.ID)
              ? Optional.of(DocumentFilter.value(cursor.id()))
              : cursor.values().get(values.size()).map(given -> typed(given, key, schema)));
    }
    return new Position(values, cursor.id());
  }

  private static Value.Scalar typed(Given given, RowOrder.Key key, Schema schema) {
    return schema
        .attribute(key.field())
        .flatMap(attribute -> attribute.type().element().of(given))
        .orElseThrow(QueryCheck::otherCursor);
  }

  static void check(Distinct distinct, Schema schema) {
    int count = distinct.fields().size();
    if (count < 1 || count > Distinct.MAX_FIELDS) {
      throw ElacsymException.invalid(
          "distinct has " + count + " fields, expected 1 to " + Distinct.MAX_FIELDS);
    }
    if (distinct.limit() < 1 || distinct.limit() > QueryRequest.MAX_TOP_K) {
      throw ElacsymException.invalid(
          "distinct.limit is " + distinct.limit() + ", expected 1 to " + QueryRequest.MAX_TOP_K);
    }
    Set<String> seen = new HashSet<>();
    for (Distinct.Field field : distinct.fields()) {
      single(field.name(), schema, field.place());
      once(field.name(), seen, field.place());
    }
  }

  private static void single(String field, Schema schema, Place place) {
    AttributeType type = FieldCheck.attribute(field, schema, place).type();
    if (type.isArray()) {
      throw ElacsymException.invalid(
          place
              + " is \""
              + Strings.shown(field)
              + "\", which is of type "
              + type.id()
              + ", expected an attribute with single values");
    }
  }

  private static void requireOrder(SortKey key, Schema schema) {
    if (FieldCheck.attribute(key.field(), schema, key.place()).type().element()
        == ElementType.GEO) {
      throw ElacsymException.invalid(
          key.place()
              + " is \""
              + Strings.shown(key.field())
              + "\", which is of type geo, expected an attribute whose values have an order");
    }
  }

  private static void once(String field, Set<String> seen, Place place) {
    if (!seen.add(field)) {
      throw ElacsymException.invalid(
          place + " is \"" + Strings.shown(field) + "\" for the second time");
    }
  }
}
