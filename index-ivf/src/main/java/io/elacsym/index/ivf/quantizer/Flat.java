package io.elacsym.index.ivf.quantizer;

/** No codes: the vectors themselves are scanned. */
public record Flat() implements Quantizer {
  public static final String NAME = "flat";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CodeShape shape() {
    return CodeShape.NONE;
  }

  @Override
  public QueryTables tables(float[] query) {
    return QueryTables.NONE;
  }

  @Override
  public Coder coder() {
    throw new IllegalStateException("nothing is coded");
  }
}
