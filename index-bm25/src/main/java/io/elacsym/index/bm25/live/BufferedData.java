package io.elacsym.index.bm25.live;

import io.elacsym.index.bm25.search.Norms;
import io.elacsym.index.bm25.search.TextData;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Terms;

/** A {@link PostingsBuffer} as Lucene sees it. */
public final class BufferedData implements TextData {
  private final PostingsBuffer buffer;

  public BufferedData(PostingsBuffer buffer) {
    this.buffer = buffer;
  }

  @Override
  public Terms terms(int rowLimit) {
    return new BufferedTerms(buffer.lists(), rowLimit);
  }

  @Override
  public NumericDocValues norms(int rowLimit) {
    byte[] norms = buffer.rows().norms();
    return new Norms(rowLimit) {
      @Override
      protected byte norm(int row) {
        return norms[row];
      }
    };
  }

  @Override
  public long documents(int rowLimit) {
    return buffer.rows().documentsBelow(rowLimit);
  }

  @Override
  public long totalTerms(int rowLimit) {
    return buffer.rows().termsBelow(rowLimit);
  }

  @Override
  public RowLengths lengths(int rowLimit) {
    PostingsBuffer.Rows rows = buffer.rows();
    return row -> row < rowLimit ? rows.length(row) : 0;
  }
}
