package io.elacsym.index.ivf.blob.v1;

import io.elacsym.api.blob.BlobSink;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.ivf.quantizer.Product;
import io.elacsym.index.ivf.quantizer.Quantizer;
import java.lang.foreign.MemorySegment;

/**
 * All that a blob says, and how it is written.
 *
 * @param footer counts and places
 * @param vectors all vectors as they came, in list order; empty when they are in the segment alone
 * @param codes blocks of 64 items each; empty when vectors are scanned themselves
 * @param rowNumbers row of each item; empty if item {@code i} is row {@code i}
 * @param middle of the data
 * @param table the lists
 * @param quantizer what is scanned
 * @param curve how recall targets become work
 */
public record BlobContent(
    Footer footer,
    MemorySegment vectors,
    MemorySegment codes,
    int[] rowNumbers,
    float[] middle,
    ListTable table,
    Quantizer quantizer,
    RecallCurve curve) {

  /** Writes the blob, from where the sink is. */
  public void write(BlobSink sink) {
    long start = sink.position();
    sink.write(vectors);
    pad(sink, start + footer.codesOffset());
    sink.write(codes);
    pad(sink, start + footer.rowNumbersOffset());
    if (footer.rowNumbers()) {
      sink.write(packed(rowNumbers));
    }
    pad(sink, start + footer.headOffset());
    sink.write(headAndFooter());
  }

  private static void pad(BlobSink sink, long position) {
    sink.write(new byte[(int) (position - sink.position())]);
  }

  private static MemorySegment packed(int[] numbers) {
    MemorySegment packed = Bytes.allocate(4L * numbers.length);
    MemorySegment.copy(numbers, 0, packed, Bytes.U32, 0, numbers.length);
    return packed;
  }

  private MemorySegment headAndFooter() {
    MemorySegment bytes = Bytes.allocate(footer.headBytes() + Footer.BYTES);
    Bytes.put(middle, bytes, 0);
    bytes.asSlice(footer.centroidsAt()).copyFrom(table.codes());
    for (int list = 0; list < table.lists(); list++) {
      long at = footer.listTableAt() + (long) Footer.LIST_BYTES * list;
      bytes.set(Bytes.U32, at, table.first()[list]);
      bytes.set(Bytes.F32, at + 4, table.step()[list]);
      bytes.set(Bytes.F32, at + 8, table.variance()[list]);
      bytes.set(Bytes.F32, at + 12, table.radiusVariance()[list]);
      bytes.set(Bytes.F32, at + 16, table.radius()[list]);
    }
    if (quantizer instanceof Product product) {
      Bytes.put(product.codebooks(), bytes, footer.codebooksAt());
    }
    for (int i = 0; i < curve.recalls().length; i++) {
      long at = footer.curveAt() + (long) RecallCurve.POINT_BYTES * i;
      bytes.set(Bytes.F32, at, curve.recalls()[i]);
      for (int row = 0; row < RecallCurve.ROWS; row++) {
        bytes.set(Bytes.F32, at + 4 + 4L * row, curve.left()[row][i]);
      }
    }
    footer.write(bytes, footer.headBytes());
    return bytes;
  }
}
