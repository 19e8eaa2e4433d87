package io.elacsym.engine.order;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.filter.AttributeIndex;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** What can be read of the rows of one segment or live buffer, without reading whole documents. */
public interface RowSource {
  /** The id of a row. */
  DocId id(int row);

  /** The index of an attribute, if it has one that can be read. */
  Optional<AttributeIndex> index(String attribute);

  /**
   * Visits rows in ascending order. What is read of them is in memory for some rows at a time.
   *
   * @param attributes those whose values the visitor asks for
   */
  void visit(RowSet rows, List<String> attributes, Visitor visitor);

  /** Looks at one row after the other. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param values gives the value of each attribute by its place in the list; only until the
     *     visitor returns
     */
    void row(int row, IntFunction<Optional<Value>> values);
  }
}
