package io.elacsym.index.ivf.blob.v1;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.VectorField;
import io.elacsym.index.ivf.quantizer.Bytes;
import io.elacsym.index.ivf.quantizer.Flat;
import io.elacsym.index.ivf.quantizer.Quantizer;
import io.elacsym.index.ivf.quantizer.Scale;
import io.elacsym.index.ivf.quantizer.Sq8;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/**
 * All of a blob that is kept in memory while it is open. Immutable, safe for use by many threads.
 *
 * @param footer counts and places
 * @param table the lists
 * @param quantizer what is scanned
 * @param curve how recall targets become work
 * @param rowNumbers row of each item; empty if item {@code i} is row {@code i}
 */
public record BlobHead(
    Footer footer, ListTable table, Quantizer quantizer, RecallCurve curve, int[] rowNumbers) {
  /** The row of an item. */
  public int row(int item) {
    return rowNumbers.length == 0 ? item : rowNumbers[item];
  }

  /** Reads and checks a head: one wave of requests, or none if it lies in the blob's tail. */
  public static BlobHead read(VectorField field, BlobSource source, int segmentRows) {
    long size = source.size();
    if (size < Footer.BYTES) {
      throw Footer.corrupt("size in bytes is " + size + ", expected at least " + Footer.BYTES);
    }
    MemorySegment end = source.read(size - Footer.BYTES, Footer.BYTES);
    Footer footer = Footer.read(end, field, segmentRows, size);
    // Filters look at row numbers before lists are chosen: they are needed from the start.
    long from = footer.rowNumbers() ? footer.rowNumbersOffset() : footer.headOffset();
    return parse(footer, source.read(from, size - from), footer.headOffset() - from);
  }

  private static BlobHead parse(Footer footer, MemorySegment bytes, long head) {
    ListTable table = table(footer, bytes, head);
    Quantizer quantizer = new Flat();
    if (footer.stride() > 0) {
      Scale scale = Scale.read(bytes, head + footer.quantizerAt(), footer.dimension());
      if (!scale.isSane()) {
        throw Footer.corrupt("a number of the quantizer's scale is not finite or is negative");
      }
      quantizer = new Sq8(scale, footer.metric());
    }
    float[] recalls = new float[footer.points()];
    float[] missed = new float[footer.points()];
    float[] left = new float[footer.points()];
    for (int i = 0; i < recalls.length; i++) {
      long at = head + footer.curveAt() + (long) RecallCurve.POINT_BYTES * i;
      recalls[i] = bytes.get(Bytes.F32, at);
      missed[i] = bytes.get(Bytes.F32, at + 4);
      left[i] = bytes.get(Bytes.F32, at + 8);
    }
    RecallCurve curve = new RecallCurve(recalls, missed, left, footer.spread(), footer.surprise());
    if (!curve.isSane()) {
      throw Footer.corrupt("a number of the recall curve is out of its range");
    }
    int[] rowNumbers = new int[footer.rowNumbers() ? footer.count() : 0];
    MemorySegment.copy(bytes, Bytes.U32, 0, rowNumbers, 0, rowNumbers.length);
    checkRowNumbers(rowNumbers, footer.segmentRows());
    return new BlobHead(footer, table, quantizer, curve, rowNumbers);
  }

  private static ListTable table(Footer footer, MemorySegment bytes, long head) {
    int lists = footer.lists();
    int dimension = footer.dimension();
    int[] first = new int[lists + 1];
    float[] variance = new float[lists];
    float[] radiusVariance = new float[lists];
    first[lists] = footer.count();
    for (int list = 0; list < lists; list++) {
      long at = head + footer.listTableAt() + (long) Footer.LIST_BYTES * list;
      first[list] = bytes.get(Bytes.U32, at);
      variance[list] = bytes.get(Bytes.F32, at + 4);
      radiusVariance[list] = bytes.get(Bytes.F32, at + 8);
      // Infinite is allowed: huge vectors have such scores, and are then searched exactly.
      if (!(variance[list] >= 0) || !(radiusVariance[list] >= 0)) {
        throw Footer.corrupt("the variance of list " + list + " is no number from 0");
      }
    }
    for (int list = 0; list < lists; list++) {
      if (first[0] != 0 || first[list] >= first[list + 1] || first[list] < 0) {
        throw Footer.corrupt("the first item of list " + list + " is out of order");
      }
    }
    Scale scale = Scale.read(bytes, head, dimension);
    if (!scale.isSane()) {
      throw Footer.corrupt("a number of the centroids' scale is not finite or is negative");
    }
    MemorySegment centroids = decoded(scale, bytes, head + Scale.bytes(dimension), lists);
    return new ListTable(dimension, first, variance, radiusVariance, centroids);
  }

  /** Decodes centroids, which are kept as plain floats. */
  public static MemorySegment decoded(Scale scale, MemorySegment codes, long offset, int lists) {
    int dimension = scale.dimension();
    MemorySegment centroids = Bytes.allocate(4L * dimension * lists);
    float[] centroid = new float[dimension];
    for (int list = 0; list < lists; list++) {
      scale.decode(codes, offset + (long) dimension * list, centroid, 0);
      Bytes.put(centroid, centroids, 4L * dimension * list);
    }
    return centroids;
  }

  private static void checkRowNumbers(int[] rowNumbers, int segmentRows) {
    BitSet seen = new BitSet(segmentRows);
    for (int row : rowNumbers) {
      if (row < 0 || row >= segmentRows || seen.get(row)) {
        throw Footer.corrupt(
            "row number " + row + " comes twice or is not less than " + segmentRows);
      }
      seen.set(row);
    }
  }
}
