package io.elacsym.engine.order;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Optional;

/**
 * A place in an order of rows, whether or not there is still a row: those behind it can be asked
 * for, whatever was written meanwhile. Rows with equal values are in ascending order of their ids.
 *
 * @param values one for each key of the order
 */
public record Position(List<Optional<Value.Scalar>> values, DocId id) {
  public Position {
    values = List.copyOf(values);
  }
}
