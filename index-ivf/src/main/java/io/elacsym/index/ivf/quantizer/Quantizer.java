package io.elacsym.index.ivf.quantizer;

import java.lang.foreign.MemorySegment;

/** What a search scans first: the vectors themselves, or codes that stand for them. */
public sealed interface Quantizer permits Flat, Sq8 {

  /** How the blob names it. */
  String name();

  /** Scores items against one query. For one thread. */
  interface Scanner {
    /** Bytes from one item to the next. */
    int stride();

    /**
     * Scores {@code count} consecutive items.
     *
     * @param items what is scanned
     * @param offset of the first item in bytes
     * @param out receives scores from 0
     */
    void scores(MemorySegment items, long offset, int count, float[] out);

    /** Whether scores are those of the vectors themselves. */
    boolean exact();

    /** How far a score may be off: a standard deviation. */
    double error();
  }

  /**
   * Prepares a query.
   *
   * @param query as {@link Similarity#prepare} left it
   */
  Scanner scanner(float[] query, Similarity similarity);
}
