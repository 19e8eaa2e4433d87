package io.elacsym.format.parquet;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.segment.ColumnBuilder;
import io.elacsym.api.segment.ColumnSpec;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.Encoding;

/**
 * Rows with a vector or none. The vectors of a page lie densely packed, so they are copied without
 * looking at their levels, unless some are absent.
 */
final class VectorPageRows implements PageRows {
  private final int dimension;
  private final FloatBuffer floats;
  private final boolean allPresent;
  private final boolean[] present;
  private int row;

  VectorPageRows(RawPage page, ColumnSpec spec, ColumnDescriptor leaf) throws IOException {
    this.dimension = spec.dimension();
    this.floats = page.values().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    int rows = page.header().getNum_rows();
    int absent = page.header().getNum_nulls();
    this.allPresent = absent == 0;
    if (page.header().getEncoding() != Encoding.PLAIN
        || (long) (rows - absent) * dimension != floats.remaining()) {
      throw ElacsymException.corrupt(
          "a Parquet page with "
              + rows
              + " rows, "
              + absent
              + " of them absent, has "
              + floats.remaining()
              + " floats of column "
              + spec.name());
    }
    this.present = allPresent ? new boolean[0] : present(page.definitionLevels(leaf), rows);
  }

  private boolean[] present(int[] levels, int rows) {
    boolean[] found = new boolean[rows];
    int at = 0;
    for (int i = 0; i < rows; i++) {
      found[i] = levels[at] == ParquetSchema.ELEMENT_PRESENT;
      at += found[i] ? dimension : 1;
    }
    return found;
  }

  @Override
  public void skip(int rows) {
    int vectors = rows;
    if (!allPresent) {
      vectors = 0;
      for (int i = row; i < row + rows; i++) {
        vectors += present[i] ? 1 : 0;
      }
    }
    row += rows;
    floats.position(floats.position() + vectors * dimension);
  }

  @Override
  public void read(int rows, ColumnBuilder to) {
    if (allPresent) {
      addVectors(rows, to);
      row += rows;
      return;
    }
    for (int end = row + rows; row < end; row++) {
      if (present[row]) {
        addVectors(1, to);
      } else {
        to.addAbsent();
      }
    }
  }

  private void addVectors(int count, ColumnBuilder to) {
    to.addVectors(count, (array, at) -> floats.get(array, at, count * dimension));
  }
}
