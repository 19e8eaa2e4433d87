package io.elacsym.engine.order;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.filter.AttributeIndex;
import io.elacsym.engine.model.Value;
import java.util.BitSet;
import java.util.Optional;

/**
 * Walks through the values of an attribute index in the direction of an order, until it has met
 * enough rows: the others need not be read.
 */
final class OrderWalk {
  private final RowOrder.Key key;
  private final AttributeIndex index;
  private final RowSet accept;
  private final Optional<Position> after;
  private final BitSet rows;
  private int left;

  private OrderWalk(
      RowOrder.Key key, AttributeIndex index, RowSet accept, Optional<Position> after, int limit) {
    this.key = key;
    this.index = index;
    this.accept = accept;
    this.after = after;
    this.left = limit;
    this.rows = new BitSet(accept.rowCount());
  }

  /**
   * Accepted rows among which the first ones of an order are, whatever its other keys.
   *
   * @param key the first one of the order
   * @param limit how many are wanted behind {@code after}
   */
  static RowSet narrowed(
      RowOrder.Key key, RowSource source, RowSet accept, Optional<Position> after, int limit) {
    Optional<AttributeIndex> index = source.index(key.field());
    if (index.isEmpty() || accept.cardinality() <= limit) {
      return accept;
    }
    return new OrderWalk(key, index.get(), accept, after, limit).walk();
  }

  private RowSet walk() {
    if (key.missingFirst()) {
      missing();
    }
    Optional<Value.Scalar> from = after.flatMap(OrderWalk::last);
    // Behind the rows without a value there are no others where these are last.
    boolean behindAll = after.isPresent() && from.isEmpty() && !key.missingFirst();
    if (left > 0 && !behindAll) {
      index.walk(key.descending(), from, this::add);
    }
    if (!key.missingFirst() && left > 0) {
      missing();
    }
    return RowSet.of(accept.rowCount(), rows);
  }

  private boolean add(Value.Scalar value, int[] having) {
    int met = 0;
    for (int row : having) {
      if (accept.contains(row)) {
        rows.set(row);
        met++;
      }
    }
    // Those with the value of the last place may all be before it.
    if (!isAt(Optional.of(value))) {
      left -= met;
    }
    return left > 0;
  }

  private boolean isAt(Optional<Value.Scalar> value) {
    return after.isPresent() && key.compare(value, last(after.get())) == 0;
  }

  private static Optional<Value.Scalar> last(Position place) {
    return place.values().getFirst();
  }

  private void missing() {
    boolean before = after.isPresent() && key.compare(Optional.empty(), last(after.get())) < 0;
    if (before) {
      return;
    }
    BitSet present = index.present();
    int met = 0;
    for (int row = accept.next(0); row >= 0; row = accept.next(row + 1)) {
      if (!present.get(row)) {
        rows.set(row);
        met++;
      }
    }
    if (!isAt(Optional.empty())) {
      left -= met;
    }
  }
}
