package io.elacsym.index.ivf.build;

import io.elacsym.api.index.VectorRows;
import io.elacsym.index.codes.Similarity;

/** The vectors to be indexed, as they will be stored. Safe for use by many threads. */
record Vectors(VectorRows rows, int dimension, Similarity similarity) {

  int count() {
    return rows.count();
  }

  void load(int item, float[] to) {
    rows.copy(item, to, 0);
    similarity.prepareInPlace(to);
  }
}
