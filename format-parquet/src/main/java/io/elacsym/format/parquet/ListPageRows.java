package io.elacsym.format.parquet;

import io.elacsym.api.segment.ColumnBuilder;
import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/** Rows with a list of values, possibly empty, or none. */
final class ListPageRows implements PageRows {
  private final ValuesReader values;
  private final ValueDecoder decoder;
  private final int[] repetition;
  private final int[] definition;
  private int at;

  /**
   * @param decoder appends the next of {@code values} to a column
   */
  ListPageRows(RawPage page, ColumnDescriptor leaf, ValuesReader values, ValueDecoder decoder)
      throws IOException {
    this.values = values;
    this.decoder = decoder;
    this.repetition = page.repetitionLevels(leaf);
    this.definition = page.definitionLevels(leaf);
  }

  @Override
  public void skip(int rows) {
    int elements = 0;
    for (int row = 0; row < rows; row++) {
      int end = endOfRow();
      if (definition[at] == ParquetSchema.ELEMENT_PRESENT) {
        elements += end - at;
      }
      at = end;
    }
    if (elements > 0) {
      values.skip(elements);
    }
  }

  @Override
  public void read(int rows, ColumnBuilder to) {
    for (int row = 0; row < rows; row++) {
      int end = endOfRow();
      switch (definition[at]) {
        case ParquetSchema.ABSENT -> to.addAbsent();
        case ParquetSchema.LIST_EMPTY -> to.endList();
        default -> {
          for (int i = at; i < end; i++) {
            decoder.decode(to);
          }
          to.endList();
        }
      }
      at = end;
    }
  }

  private int endOfRow() {
    int end = at + 1;
    while (end < repetition.length && repetition[end] > 0) {
      end++;
    }
    return end;
  }
}
