package io.elacsym.tck.segment;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.tck.memory.Cells;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Columns that use what the contract allows: arrays hold rubbish where a row has no value, and are
 * longer than they need be; lists do not start at index 0, and rows without a value have elements
 * nobody may look at.
 */
final class Untidy {
  private Untidy() {}

  /** A column with these cells; {@code salt} chooses which of them is the rubbish. */
  static Column column(ColumnSpec spec, List<Object> cells, int salt) {
    List<Object> present = cells.stream().filter(cell -> cell != Cells.Absent.ABSENT).toList();
    if (present.isEmpty()) {
      return Cells.column(spec, cells);
    }
    Object rubbish = present.get(salt % present.size());
    BitSet rows = new BitSet();
    List<Object> filled = new ArrayList<>();
    for (int row = 0; row < cells.size(); row++) {
      rows.set(row, cells.get(row) != Cells.Absent.ABSENT);
      filled.add(rows.get(row) ? cells.get(row) : rubbish);
    }
    if (!spec.list()) {
      filled.add(rubbish);
      return Column.of(spec, cells.size(), rows, array(Cells.column(spec, filled)));
    }
    filled.addFirst(rubbish);
    Column shifted = Cells.column(spec, filled);
    int[] offsets = new int[cells.size() + 1];
    for (int row = 0; row <= cells.size(); row++) {
      offsets[row] = shifted.end(row);
    }
    return Column.ofLists(spec, cells.size(), rows, offsets, array(shifted));
  }

  private static Object array(Column column) {
    return switch (column.spec().type()) {
      case BOOL -> column.booleans();
      case INT64 -> column.longs();
      case FLOAT64 -> column.doubles();
      case STRING -> column.strings();
      case BINARY -> column.binaries();
      case VECTOR -> column.floats();
    };
  }
}
