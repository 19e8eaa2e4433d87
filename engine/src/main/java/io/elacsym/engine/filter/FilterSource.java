package io.elacsym.engine.filter;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Value;
import java.util.Optional;
import java.util.function.IntFunction;

/** What a filter can ask of one segment. */
public interface FilterSource {
  int rowCount();

  /** The id of a row. */
  DocId id(int row);

  /** The index of an attribute, if it has one that can be read. */
  Optional<AttributeIndex> index(String attribute);

  /** Of how many rows the values are read at once, so that they do not take too much memory. */
  int rowsAtOnce();

  /**
   * The values of an attribute for rows {@code from} to {@code to} (exclusive), by row; empty when
   * the segment is older than the attribute.
   */
  Optional<IntFunction<Optional<Value>>> values(String attribute, int from, int to);
}
