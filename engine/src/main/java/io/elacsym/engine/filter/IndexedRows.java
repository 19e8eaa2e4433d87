package io.elacsym.engine.filter;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Value;
import java.util.Arrays;
import java.util.List;

/**
 * The values of a block of an attribute index, and for each its rows: as places in the list of all
 * rows of the block, which is short enough for places of two bytes.
 *
 * @param values ascending
 * @param places for each value, ascending; empty if there is one value alone, which all rows have
 */
record IndexedRows(List<Value.Scalar> values, List<int[]> places) {
  void write(ElementType type, Output out) {
    IndexedValues.write(values, type, out);
    for (int[] list : places) {
      out.count(list.length);
      for (int place : list) {
        out.shortNumber(place);
      }
    }
  }

  /**
   * @throws ElacsymException {@code CORRUPT} when it is not that of this block
   */
  static IndexedRows read(Input in, ElementType type, IndexBlock block) {
    List<Value.Scalar> values =
        IndexedValues.read(checked(block.values(), in.remaining()), type, in);
    if (values.size() == 1) {
      in.requireEnd();
      return new IndexedRows(values, List.of());
    }
    int[][] places = new int[values.size()][];
    for (int i = 0; i < places.length; i++) {
      int[] list = new int[in.count(Math.min(block.rowCount(), in.remaining() / 2))];
      for (int j = 0; j < list.length; j++) {
        list[j] = in.shortNumber();
        if (list[j] >= block.rowCount() || (j > 0 && list[j] <= list[j - 1])) {
          throw ElacsymException.corrupt("attribute index has impossible places of rows");
        }
      }
      if (list.length == 0) {
        throw ElacsymException.corrupt("attribute index has a value without rows");
      }
      places[i] = list;
    }
    in.requireEnd();
    return new IndexedRows(values, Arrays.asList(places));
  }

  private static int checked(int values, int most) {
    if (values < 1 || values > most) {
      throw ElacsymException.corrupt("attribute index has the impossible count " + values);
    }
    return values;
  }
}
