package io.elacsym.index.ivf.blob.v1;

import io.elacsym.api.blob.BlobSink;
import io.elacsym.index.ivf.quantizer.Bytes;
import io.elacsym.index.ivf.quantizer.Quantizer;
import io.elacsym.index.ivf.quantizer.Scale;
import io.elacsym.index.ivf.quantizer.Sq8;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * All that a blob says, and how it is written.
 *
 * @param footer counts and places
 * @param vectors all vectors, in list order
 * @param codes of the vectors; empty when these are scanned themselves
 * @param rowNumbers row of each item; empty if item {@code i} is row {@code i}
 * @param table the lists
 * @param centroidScale of {@code centroidCodes}
 * @param centroidCodes of the lists, list after list
 * @param quantizer what is scanned
 * @param curve how recall targets become work
 */
public record BlobContent(
    Footer footer,
    MemorySegment vectors,
    MemorySegment codes,
    int[] rowNumbers,
    ListTable table,
    Scale centroidScale,
    byte[] centroidCodes,
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
    int dimension = footer.dimension();
    MemorySegment bytes = Bytes.allocate(footer.headBytes() + Footer.BYTES);
    centroidScale.write(bytes, 0);
    MemorySegment.copy(
        centroidCodes,
        0,
        bytes,
        ValueLayout.JAVA_BYTE,
        Scale.bytes(dimension),
        centroidCodes.length);
    for (int list = 0; list < table.lists(); list++) {
      long at = footer.listTableAt() + (long) Footer.LIST_BYTES * list;
      bytes.set(Bytes.U32, at, table.first()[list]);
      bytes.set(Bytes.F32, at + 4, table.variance()[list]);
      bytes.set(Bytes.F32, at + 8, table.radiusVariance()[list]);
    }
    if (quantizer instanceof Sq8 sq8) {
      sq8.scale().write(bytes, footer.quantizerAt());
    }
    for (int i = 0; i < curve.recalls().length; i++) {
      long at = footer.curveAt() + (long) RecallCurve.POINT_BYTES * i;
      bytes.set(Bytes.F32, at, curve.recalls()[i]);
      bytes.set(Bytes.F32, at + 4, curve.missed()[i]);
      bytes.set(Bytes.F32, at + 8, curve.left()[i]);
    }
    footer.write(bytes, footer.headBytes());
    return bytes;
  }
}
