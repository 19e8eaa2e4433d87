package io.elacsym.index.ivf;

import io.elacsym.api.Encoding;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.index.VectorIndexBuild;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** All parts of a blob, in memory that is freed when this is closed. */
record IvfBuild(
    Arena arena,
    Footer footer,
    MemorySegment vectors,
    MemorySegment codes,
    int[] rowNumbers,
    ListSummary summary,
    Quantizer quantizer,
    Curve curve,
    int[] order)
    implements VectorIndexBuild {

  @Override
  public Optional<int[]> rowOrder() {
    return order.length == 0 ? Optional.empty() : Optional.of(order.clone());
  }

  @Override
  public Encoding encoding() {
    return IvfIndexProvider.ENCODING;
  }

  @Override
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
    summary.scale().write(bytes, 0);
    MemorySegment.copy(
        summary.codes(),
        0,
        bytes,
        ValueLayout.JAVA_BYTE,
        Scale.bytes(dimension),
        summary.codes().length);
    ListTable table = summary.table();
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
      long at = footer.curveAt() + (long) Curve.POINT_BYTES * i;
      bytes.set(Bytes.F32, at, curve.recalls()[i]);
      bytes.set(Bytes.F32, at + 4, curve.missed()[i]);
      bytes.set(Bytes.F32, at + 8, curve.left()[i]);
    }
    footer.write(bytes, footer.headBytes());
    return bytes;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
