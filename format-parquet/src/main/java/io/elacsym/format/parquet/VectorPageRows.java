package io.elacsym.format.parquet;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.segment.ColumnBuilder;
import io.elacsym.api.segment.ColumnSpec;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.apache.parquet.format.Encoding;

/**
 * Rows that all have a vector, or of which none has one. Vectors lie densely packed, so they are
 * copied without looking at their levels.
 */
final class VectorPageRows implements PageRows {
  private final int dimension;
  private final FloatBuffer floats;
  private final boolean present;

  VectorPageRows(RawPage page, ColumnSpec spec) {
    this.dimension = spec.dimension();
    this.floats = page.values().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    int rows = page.header().getNum_rows();
    int absent = page.header().getNum_nulls();
    this.present = absent == 0;
    if (page.header().getEncoding() != Encoding.PLAIN
        || (absent != 0 && absent != rows)
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
  }

  @Override
  public void skip(int rows) {
    if (present) {
      floats.position(floats.position() + rows * dimension);
    }
  }

  @Override
  public void read(int rows, ColumnBuilder to) {
    if (present) {
      to.addVectors(rows, (array, at) -> floats.get(array, at, rows * dimension));
      return;
    }
    for (int i = 0; i < rows; i++) {
      to.addAbsent();
    }
  }
}
