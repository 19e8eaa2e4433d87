package io.elacsym.format.orc.read;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import org.apache.orc.OrcProto.StripeInformation;

/**
 * Where a stripe is.
 *
 * @param firstRow its first row's number in the file
 * @param rows how many it has
 * @param rowGroupRows of each row group but the last
 * @param index the bytes of its row indexes
 * @param data the bytes of its columns
 * @param footer the bytes of its footer
 */
record StripePlace(
    int firstRow, int rows, int rowGroupRows, ByteRange index, ByteRange data, ByteRange footer) {

  /**
   * @throws ElacsymException {@code CORRUPT} when it cannot be there
   */
  static StripePlace of(StripeInformation stripe, int firstRow, int rowGroupRows) {
    long rows = stripe.getNumberOfRows();
    if (rows <= 0 || rows > Integer.MAX_VALUE - firstRow || rowGroupRows <= 0) {
      throw ElacsymException.corrupt(
          "a stripe of the ORC file cannot have "
              + rows
              + " rows in groups of "
              + rowGroupRows
              + " after "
              + firstRow);
    }
    ByteRange index = new ByteRange(stripe.getOffset(), stripe.getIndexLength());
    ByteRange data = new ByteRange(index.end(), stripe.getDataLength());
    ByteRange footer = new ByteRange(data.end(), stripe.getFooterLength());
    return new StripePlace(firstRow, (int) rows, rowGroupRows, index, data, footer);
  }

  /** The first row after it, in the file. */
  int endRow() {
    return firstRow + rows;
  }

  int groups() {
    return Math.ceilDiv(rows, rowGroupRows);
  }

  /** The row group of a row of the stripe. */
  int groupOf(int row) {
    return row / rowGroupRows;
  }

  /** The first row of a group, in the stripe. */
  int groupStart(int group) {
    return group * rowGroupRows;
  }

  /** The first row after a group, in the stripe. */
  int groupEnd(int group) {
    return (int) Math.min(rows, (group + 1L) * rowGroupRows);
  }
}
