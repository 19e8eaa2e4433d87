package io.elacsym.engine.query;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.filter.AttributeIndex;
import io.elacsym.engine.live.LiveView;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.RowSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of a live buffer, whose documents are in memory. */
record LiveRows(LiveView view) implements RowSource {
  private static final int ROWS_BETWEEN_CHECKS = 1_024;

  @Override
  public DocId id(int row) {
    return view.document(row).id();
  }

  @Override
  public Optional<AttributeIndex> index(String attribute) {
    return Optional.empty();
  }

  @Override
  public void visit(RowSet rows, List<String> attributes, Visitor visitor) {
    int visited = 0;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (visited++ % ROWS_BETWEEN_CHECKS == 0) {
        Deadline.check();
      }
      Map<String, Value> values = view.document(row).attributes();
      visitor.row(row, attribute -> Optional.ofNullable(values.get(attributes.get(attribute))));
    }
  }
}
