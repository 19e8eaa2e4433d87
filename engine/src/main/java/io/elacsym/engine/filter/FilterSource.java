package io.elacsym.engine.filter;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Value;
import java.util.BitSet;
import java.util.List;
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

  /** What is known of all values of an attribute; empty when nothing is. */
  Optional<ValueBounds> bounds(String attribute);

  /** What is known of the values of rows {@code from} to {@code to} (exclusive) of an attribute. */
  record Page(int from, int to, ValueBounds bounds) {}

  /** What is known page by page, in the order of the rows; there may be rows between. */
  List<Page> pages(String attribute);

  /**
   * The values of an attribute for some rows, by row; empty when the segment is older than the
   * attribute. Whoever gives few rows reads little more than their values.
   *
   * @param rows between {@code from} and {@code to} (exclusive), of which others are not asked for
   */
  Optional<IntFunction<Optional<Value>>> values(String attribute, int from, int to, BitSet rows);
}
