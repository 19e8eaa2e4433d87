package io.elacsym.engine.order;

import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Optional;

/**
 * A row and what has put it in its place.
 *
 * @param values one for each key of the order
 */
public record OrderedRow(int row, List<Optional<Value.Scalar>> values) {
  public OrderedRow {
    values = List.copyOf(values);
  }
}
