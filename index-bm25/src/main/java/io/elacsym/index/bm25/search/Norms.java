package io.elacsym.index.bm25.search;

import org.apache.lucene.index.NumericDocValues;

/** One byte for every row below a limit, as Lucene asks for it. */
public abstract class Norms extends NumericDocValues {
  private final int rowLimit;
  private int row = -1;

  protected Norms(int rowLimit) {
    this.rowLimit = rowLimit;
  }

  /** The rounded length of a row that has a term. */
  protected abstract byte norm(int row);

  @Override
  public long longValue() {
    return norm(row);
  }

  /** In bulk, as block-wise scoring asks: no bookkeeping per row. */
  @Override
  public void longValues(int size, int[] rows, long[] values, long defaultValue) {
    for (int i = 0; i < size; i++) {
      values[i] = norm(rows[i]);
    }
  }

  @Override
  public boolean advanceExact(int target) {
    row = target;
    return true;
  }

  @Override
  public int docID() {
    return row;
  }

  @Override
  public int nextDoc() {
    return advance(row + 1);
  }

  @Override
  public int advance(int target) {
    row = target < rowLimit ? target : NO_MORE_DOCS;
    return row;
  }

  @Override
  public long cost() {
    return rowLimit;
  }
}
