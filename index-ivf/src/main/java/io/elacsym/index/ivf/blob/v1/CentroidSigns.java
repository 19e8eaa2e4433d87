package io.elacsym.index.ivf.blob.v1;

import io.elacsym.api.VectorMath;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.ivf.quantizer.CodeShape;
import io.elacsym.index.ivf.quantizer.Quantizer;
import io.elacsym.index.ivf.quantizer.QueryTables;
import io.elacsym.index.ivf.quantizer.Rabitq;
import java.lang.foreign.MemorySegment;

/**
 * The signs of the centroids, block by block, so that products of a query with thousands of them
 * are estimated in a fraction of the time that their codes take. Immutable, safe for use by many
 * threads.
 *
 * @param quantizer that the signs are of
 * @param lists how many centroids
 * @param blocks planes and factors
 */
record CentroidSigns(Rabitq quantizer, int lists, MemorySegment blocks) {

  static CentroidSigns of(ListTable table) {
    Rabitq quantizer = new Rabitq(table.components(), 1);
    CodeShape shape = quantizer.shape();
    MemorySegment blocks =
        Bytes.allocate((long) shape.blockBytes() * CodeShape.blocks(table.lists()));
    Quantizer.Coder coder = quantizer.coder();
    float[] centroid = new float[table.components()];
    for (int list = 0; list < table.lists(); list++) {
      table.centroid(list, centroid);
      coder.code(centroid);
      long block = (long) shape.blockBytes() * (list / VectorMath.BLOCK);
      int place = list % VectorMath.BLOCK;
      shape.putFields(coder.plane(), blocks, block, place);
      double along = 0;
      for (int j = 0; j < centroid.length; j++) {
        along += centroid[j] * coder.planeValues()[j];
      }
      // As for items: the product of code and centroid is that of the centroid with itself.
      float scale = along > 0 ? (float) (table.norm()[list] / along) : 0;
      blocks.set(Bytes.F32, block + shape.factorsAt() + 4L * (VectorMath.BLOCK + place), scale);
    }
    return new CentroidSigns(quantizer, table.lists(), blocks);
  }

  /**
   * Estimates the products of a query with all centroids.
   *
   * @param tables of the query, for signs
   * @param out receives them
   */
  void products(QueryTables tables, VectorMath math, float[] out) {
    CodeShape shape = quantizer.shape();
    VectorMath.Estimate estimate = new VectorMath.Estimate(0, tables.offset(), tables.step(), 0, 0);
    int[] sums = new int[VectorMath.BLOCK];
    float[] scores = new float[VectorMath.BLOCK];
    for (int first = 0; first < lists; first += VectorMath.BLOCK) {
      long at = (long) shape.blockBytes() * (first / VectorMath.BLOCK);
      math.tableSums(tables.tables(), tables.groups(), blocks, at, sums);
      math.blockScores(sums, blocks, at + shape.factorsAt(), estimate, 0, scores);
      System.arraycopy(scores, 0, out, first, Math.min(VectorMath.BLOCK, lists - first));
    }
  }
}
