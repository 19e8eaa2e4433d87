package io.elacsym.tck.index;

import io.elacsym.api.index.StoredVectors;
import io.elacsym.api.segment.VectorPlaces;
import io.elacsym.tck.MemoryBlobSource;
import java.util.function.IntUnaryOperator;

/**
 * The vectors of a segment as a file in which they lie one after the other, whose reads are
 * counted. Safe for use by many threads.
 *
 * @param file vector after vector
 * @param dimension components of a vector
 * @param places the place of a row's vector in the file, from 0; negative if it has none
 */
public record PlacedVectors(MemoryBlobSource file, int dimension, IntUnaryOperator places)
    implements StoredVectors {
  @Override
  public void read(int[] rows, Run to) {
    for (int i = 1; i < rows.length; i++) {
      if (rows[i] <= rows[i - 1]) {
        throw new IllegalArgumentException(
            "row " + rows[i] + " is asked for after row " + rows[i - 1]);
      }
    }
    StoredVectors.in(file, dimension, this::offset).read(rows, to);
  }

  private long offset(int row) {
    int place = places.applyAsInt(row);
    return place < 0 ? VectorPlaces.NOWHERE : (long) Float.BYTES * dimension * place;
  }
}
