package io.elacsym.index.ivf.quantizer;

import java.lang.foreign.MemorySegment;

/** No codes: the vectors themselves are scanned. */
public record Flat() implements Quantizer {
  public static final String NAME = "flat";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Scanner scanner(float[] query, Similarity similarity) {
    return new Scanner() {
      @Override
      public int stride() {
        return Float.BYTES * query.length;
      }

      @Override
      public void scores(MemorySegment items, long offset, int count, float[] out) {
        similarity.scores(query, items, offset, count, out);
      }

      @Override
      public boolean exact() {
        return true;
      }

      @Override
      public double error() {
        return 0;
      }
    };
  }
}
