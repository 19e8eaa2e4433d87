package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.api.blob.BlobSink;
import io.elacsym.index.hnsw.code.NodeCodes;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.Links;
import io.elacsym.index.hnsw.graph.RecallCurve;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes version 1 of the blob, section after section. */
public final class BlobWriter {
  private final Built built;
  private final BlobLayout layout;
  private final LittleEndianSink out;
  private final int[] nodeOf;

  private BlobWriter(Built built, BlobSink sink) {
    this.built = built;
    this.layout = built.layout();
    this.out = new LittleEndianSink(sink);
    this.nodeOf = new int[layout.nodes()];
    for (int node = 0; node < nodeOf.length; node++) {
      nodeOf[built.order()[node]] = node;
    }
  }

  public static void write(Built built, BlobSink sink) {
    long start = sink.position();
    BlobWriter writer = new BlobWriter(built, sink);
    writer.header();
    writer.rows();
    writer.links();
    writer.codes();
    writer.vectors();
    writer.center();
    writer.levelSizes();
    writer.curve(built.calibration().strange());
    writer.curve(built.calibration().ordinary());
    writer.footer();
    writer.out.flush();
    long written = sink.position() - start;
    if (written != writer.layout.blobSize()) {
      throw new IllegalStateException(
          "wrote " + written + " bytes of a blob of " + writer.layout.blobSize());
    }
  }

  private void header() {
    out.bytes(BlobLayout.MAGIC);
    out.u32(BlobLayout.VERSION);
    out.u32(0);
  }

  private void rows() {
    if (layout.startsPresent()) {
      for (int start : built.starts()) {
        out.u32(start);
      }
    }
    if (layout.rowsPresent()) {
      for (int row : built.rows()) {
        out.u32(row);
      }
    }
  }

  private void links() {
    if (!layout.hasGraph()) {
      return;
    }
    Graph graph = built.graph();
    for (int slot : graph.slotNodes()) {
      out.u32(nodeOf[slot]);
    }
    for (int level = 1; level <= layout.levels(); level++) {
      for (int slot = 0; slot < layout.levelSizes()[level - 1]; slot++) {
        Links links = graph.level(level);
        for (int i = 0; i < layout.m(); i++) {
          out.u32(links.get(slot, i));
        }
      }
    }
    for (int number : built.order()) {
      for (int i = 0; i < 2 * layout.m(); i++) {
        int to = graph.base().get(number, i);
        out.u32(to == Links.NONE ? Links.NONE : nodeOf[to]);
      }
    }
  }

  private void codes() {
    NodeCodes codes = built.codes();
    byte[] code = new byte[codes.stride()];
    for (int number : built.order()) {
      MemorySegment.copy(
          codes.memory(), ValueLayout.JAVA_BYTE, codes.at(number), code, 0, code.length);
      out.bytes(code);
    }
  }

  private void vectors() {
    if (layout.vectorsPresent()) {
      for (int number : built.order()) {
        out.f32s(built.vectors()[number], 0, layout.dimension());
      }
    }
  }

  private void center() {
    out.f32s(built.center(), 0, layout.dimension());
  }

  private void levelSizes() {
    for (int size : layout.levelSizes()) {
      out.u32(size);
    }
  }

  private void curve(RecallCurve curve) {
    for (int point = 0; point < curve.points(); point++) {
      out.u32(curve.widths()[point]);
      out.f32(curve.scored()[point]);
      out.f32(curve.recall10()[point]);
      out.f32(curve.recall100()[point]);
    }
  }

  private void footer() {
    out.u32(layout.dimension());
    out.u32(layout.nodes());
    out.u32(layout.rows());
    out.u32(layout.segmentRows());
    out.u32(layout.m());
    out.u32(layout.efConstruction());
    out.u32(layout.levels());
    out.u32(layout.points());
    out.u32(layout.flags());
    out.u32(0);
    out.bytes(
        Arrays.copyOf(
            layout.metric().id().getBytes(StandardCharsets.US_ASCII), BlobLayout.METRIC_BYTES));
    out.u64(layout.blobSize());
    out.u32(BlobLayout.VERSION);
    out.u32(BlobLayout.FOOTER_BYTES);
    out.f32(built.calibration().resemblance().leastOfCenter());
    out.f32(built.calibration().resemblance().leastOfBest());
    out.u32(layout.strangePoints());
    out.u32(0);
    out.bytes(BlobLayout.MAGIC);
  }
}
