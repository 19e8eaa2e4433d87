package io.elacsym.index.ivf.quantizer;

import java.util.List;

/** What stands for vectors while lists are scanned. Safe for use by many threads. */
public sealed interface Quantizer permits Flat, Product, Rabitq, Sq8 {

  /** The names of all, the default first. */
  List<String> NAMES = List.of(Rabitq.NAME, Product.NAME, Sq8.NAME, Flat.NAME);

  /** How the blob and the option name it. */
  String name();

  /** What its codes look like. */
  CodeShape shape();

  /**
   * Prepares the plane's tables for a query.
   *
   * @param query rotated
   */
  QueryTables tables(float[] query);

  /** A coder for one thread. */
  Coder coder();

  /** Codes the difference of a vector and its list's centroid. */
  interface Coder {
    /**
     * Looks at the next vector.
     *
     * @param residual rotated difference of vector and centroid; not kept
     */
    void code(float[] residual);

    /** The fields of the plane, one of 4 bits for each group. */
    byte[] plane();

    /** The values that the plane stands for, but for their scale. */
    float[] planeValues();

    /** The code of the refinement as the blob holds it. */
    byte[] refinement();

    /** The values that plane and refinement stand for, but for their scale. */
    float[] refinedValues();
  }
}
