package io.elacsym.engine.order;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.filter.DocumentFilter;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.IntFunction;

/**
 * The first rows of one part in an order. The columns of the order are read, and no more than the
 * wanted number of rows is kept. For one thread.
 */
public final class FirstRows {
  private final RowOrder order;
  private final RowSource source;
  private final Optional<Position> after;
  private final int limit;
  private final ValueBudget budget;

  /** Where in the list of attributes that are read each key is; -1 for the id. */
  private final int[] places;

  private final List<String> attributes;
  private final Comparator<OrderedRow> inOrder;
  private final PriorityQueue<OrderedRow> first;

  private FirstRows(
      RowOrder order, RowSource source, Optional<Position> after, int limit, ValueBudget budget) {
    this.order = order;
    this.source = source;
    this.after = after;
    this.limit = limit;
    this.budget = budget;
    this.attributes = order.fields().filter(field -> !field.equals(Schema.ID)).distinct().toList();
    this.places = order.fields().mapToInt(attributes::indexOf).toArray();
    this.inOrder =
        Comparator.comparing(OrderedRow::values, order::compare)
            .thenComparing(row -> source.id(row.row()));
    this.first = new PriorityQueue<>(inOrder.reversed());
  }

  /**
   * The first accepted rows, in order; equal ones by ascending id.
   *
   * @param after only those behind this place
   * @param limit at most so many, at least one
   */
  public static List<OrderedRow> of(
      RowOrder order,
      RowSource source,
      RowSet accept,
      Optional<Position> after,
      int limit,
      ValueBudget budget) {
    FirstRows rows = new FirstRows(order, source, after, limit, budget);
    source.visit(
        OrderWalk.narrowed(order.keys().getFirst(), source, accept, after, limit),
        rows.attributes,
        rows::look);
    List<OrderedRow> found = new ArrayList<>(rows.first);
    found.sort(rows.inOrder);
    return found;
  }

  private void look(int row, IntFunction<Optional<Value>> values) {
    boolean full = first.size() == limit;
    Optional<Value.Scalar> leading = value(0, row, values);
    if (full && order.keys().getFirst().compare(leading, first.element().values().getFirst()) > 0) {
      return;
    }
    List<Optional<Value.Scalar>> all = new ArrayList<>(places.length);
    all.add(leading);
    for (int key = 1; key < places.length; key++) {
      all.add(value(key, row, values));
    }
    OrderedRow found = new OrderedRow(row, all);
    if (!isWanted(found) || (full && inOrder.compare(found, first.element()) >= 0)) {
      return;
    }
    budget.take(bytes(found));
    first.add(found);
    if (full) {
      budget.giveBack(bytes(first.remove()));
    }
  }

  private Optional<Value.Scalar> value(int key, int row, IntFunction<Optional<Value>> values) {
    // The check has seen to it that nothing is ordered by arrays.
    return places[key] < 0
        ? Optional.of(DocumentFilter.value(source.id(row)))
        : values.apply(places[key]).map(Value.Scalar.class::cast);
  }

  private boolean isWanted(OrderedRow row) {
    if (after.isEmpty()) {
      return true;
    }
    int compared = order.compare(row.values(), after.get().values());
    return compared > 0 || (compared == 0 && source.id(row.row()).compareTo(after.get().id()) > 0);
  }

  private static long bytes(OrderedRow row) {
    long bytes = Footprint.FIELD;
    for (Optional<Value.Scalar> value : row.values()) {
      bytes += Footprint.element(value.map(Footprint::content).orElse(0L));
    }
    return bytes;
  }
}
