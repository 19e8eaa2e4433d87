package io.elacsym.index.ivf.blob.v1;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.VectorField;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.codes.Rotation;
import io.elacsym.index.codes.Space;
import io.elacsym.index.ivf.quantizer.Flat;
import io.elacsym.index.ivf.quantizer.Product;
import io.elacsym.index.ivf.quantizer.Quantizer;
import io.elacsym.index.ivf.quantizer.Rabitq;
import io.elacsym.index.ivf.quantizer.Sq8;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/**
 * All of a blob that is kept in memory while it is open. Immutable, safe for use by many threads.
 *
 * @param footer counts and places
 * @param space where items and centroids are coded
 * @param table the lists
 * @param quantizer what is scanned
 * @param curve how recall targets become work
 * @param rowNumbers row of each item; empty if item {@code i} is row {@code i}
 */
public record BlobHead(
    Footer footer,
    Space space,
    ListTable table,
    Quantizer quantizer,
    RecallCurve curve,
    int[] rowNumbers) {
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
    float[] middle = Bytes.floats(bytes, head, footer.dimension());
    expectFinite("the middle", middle);
    Space space = new Space(middle, new Rotation(footer.dimension(), footer.seed()));
    ListTable table = table(footer, space, bytes, head);
    Quantizer quantizer = quantizer(footer, bytes, head);
    float[] recalls = new float[footer.points()];
    float[][] left = new float[RecallCurve.ROWS][recalls.length];
    for (int i = 0; i < recalls.length; i++) {
      long at = head + footer.curveAt() + (long) RecallCurve.POINT_BYTES * i;
      recalls[i] = bytes.get(Bytes.F32, at);
      for (int row = 0; row < RecallCurve.ROWS; row++) {
        left[row][i] = bytes.get(Bytes.F32, at + 4 + 4L * row);
      }
    }
    RecallCurve curve = new RecallCurve(recalls, left, footer.boundary(), footer.spread());
    if (!curve.isSane()) {
      throw Footer.corrupt("a number of the recall curve is out of its range");
    }
    int[] rowNumbers = new int[footer.rowNumbers() ? footer.count() : 0];
    MemorySegment.copy(bytes, Bytes.U32, 0, rowNumbers, 0, rowNumbers.length);
    checkRowNumbers(rowNumbers, footer.segmentRows());
    return new BlobHead(footer, space, table, quantizer, curve, rowNumbers);
  }

  private static Quantizer quantizer(Footer footer, MemorySegment bytes, long head) {
    int components = footer.components();
    return switch (footer.quantizer()) {
      case Rabitq.NAME -> new Rabitq(components, footer.bits());
      case Sq8.NAME -> new Sq8(components);
      case Product.NAME -> {
        float[] codebooks =
            Bytes.floats(bytes, head + footer.codebooksAt(), Product.codebookFloats(components));
        expectFinite("a codebook", codebooks);
        yield new Product(components, codebooks);
      }
      default -> new Flat();
    };
  }

  private static void expectFinite(String what, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw Footer.corrupt(what + " has a number that is not finite");
      }
    }
  }

  private static ListTable table(Footer footer, Space space, MemorySegment bytes, long head) {
    int lists = footer.lists();
    int[] first = new int[lists + 1];
    float[] step = new float[lists];
    float[] variance = new float[lists];
    float[] radiusVariance = new float[lists];
    float[] radius = new float[lists];
    first[lists] = footer.count();
    for (int list = 0; list < lists; list++) {
      long at = head + footer.listTableAt() + (long) Footer.LIST_BYTES * list;
      first[list] = bytes.get(Bytes.U32, at);
      step[list] = bytes.get(Bytes.F32, at + 4);
      variance[list] = bytes.get(Bytes.F32, at + 8);
      radiusVariance[list] = bytes.get(Bytes.F32, at + 12);
      radius[list] = bytes.get(Bytes.F32, at + 16);
      // Infinite is allowed: huge vectors have such scores, and are then searched exactly.
      if (!(variance[list] >= 0) || !(radiusVariance[list] >= 0) || !(radius[list] >= 0)) {
        throw Footer.corrupt("the variance or radius of list " + list + " is no number from 0");
      }
      if (!(step[list] >= 0)) {
        throw Footer.corrupt("the step of list " + list + " is no number from 0");
      }
    }
    for (int list = 0; list < lists; list++) {
      if (first[0] != 0 || first[list] >= first[list + 1] || first[list] < 0) {
        throw Footer.corrupt("the first item of list " + list + " is out of order");
      }
    }
    MemorySegment codes = ListTable.codes(lists, footer.components());
    codes.copyFrom(bytes.asSlice(head + footer.centroidsAt(), codes.byteSize()));
    return ListTable.of(
        footer.components(),
        first,
        step,
        variance,
        radiusVariance,
        radius,
        codes,
        space.rotatedMiddle());
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
