package io.elacsym.format.parquet;

import io.elacsym.api.segment.ColumnBuilder;
import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/** Rows with one value or none. */
final class ScalarPageRows implements PageRows {
  private final ValuesReader values;
  private final ValueDecoder decoder;
  private final boolean allPresent;
  private final int[] levels;
  private int row;

  /**
   * @param decoder appends the next of {@code values} to a column
   */
  ScalarPageRows(RawPage page, ColumnDescriptor leaf, ValuesReader values, ValueDecoder decoder)
      throws IOException {
    this.values = values;
    this.decoder = decoder;
    this.allPresent = page.header().getNum_nulls() == 0;
    this.levels = allPresent ? new int[0] : page.definitionLevels(leaf);
  }

  @Override
  public void skip(int rows) {
    int present = rows;
    if (!allPresent) {
      present = 0;
      for (int i = row; i < row + rows; i++) {
        present += levels[i];
      }
    }
    row += rows;
    if (present > 0) {
      values.skip(present);
    }
  }

  @Override
  public void read(int rows, ColumnBuilder to) {
    for (int end = row + rows; row < end; row++) {
      if (allPresent || levels[row] == ParquetSchema.SCALAR_PRESENT) {
        decoder.decode(to);
      } else {
        to.addAbsent();
      }
    }
  }
}
