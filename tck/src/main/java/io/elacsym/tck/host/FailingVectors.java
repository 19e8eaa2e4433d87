package io.elacsym.tck.host;

import io.elacsym.api.index.StoredVectors;

/** Vectors of a segment of which one read fails. */
public record FailingVectors(StoredVectors vectors, OneFailure failure) implements StoredVectors {
  @Override
  public void read(int[] rows, Run to) {
    failure.request();
    vectors.read(rows, to);
  }
}
