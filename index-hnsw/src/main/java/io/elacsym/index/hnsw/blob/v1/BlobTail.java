package io.elacsym.index.hnsw.blob.v1;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.index.hnsw.graph.LevelSizes;
import io.elacsym.index.hnsw.graph.RecallCurve;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads and checks the end of a blob: footer, recall curves and level sizes.
 *
 * @param layout where everything lies
 * @param ordinary what the graph was measured to find for queries that resemble the rows; without
 *     points when there is none
 * @param strange the same for other queries
 * @param leastOfCenter as in {@link io.elacsym.index.hnsw.graph.Resemblance}
 * @param leastOfBest likewise
 */
record BlobTail(
    BlobLayout layout,
    RecallCurve ordinary,
    RecallCurve strange,
    float leastOfCenter,
    float leastOfBest) {
  static final ValueLayout.OfInt U32 = JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  static final ValueLayout.OfFloat F32 = JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfLong U64 = JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

  /**
   * @param tail the last bytes of the blob: {@link BlobLayout#TAIL_BYTES}, or all if it has fewer
   * @param blobSize how many bytes the blob has
   * @throws ElacsymException {@code CORRUPT}
   */
  static BlobTail read(MemorySegment tail, long blobSize, VectorField field, int segmentRows) {
    if (blobSize < BlobLayout.HEADER_BYTES + BlobLayout.FOOTER_BYTES) {
      throw corrupt(field, "has " + blobSize + " bytes, fewer than header and footer");
    }
    MemorySegment footer = tail.asSlice(tail.byteSize() - BlobLayout.FOOTER_BYTES);
    expectMagic(footer, 80, field, "footer");
    expect(field, "version", footer.get(U32, 56), BlobLayout.VERSION);
    expect(field, "footer size", footer.get(U32, 60), BlobLayout.FOOTER_BYTES);
    expect(field, "blob size", footer.get(U64, 48), blobSize);
    expect(field, "dimension", footer.get(U32, 0), field.dimension());
    expect(field, "segment rows", footer.get(U32, 12), segmentRows);
    int rows = within(field, "rows", footer.get(U32, 8), 1, segmentRows);
    int nodes = within(field, "nodes", footer.get(U32, 4), 1, rows);
    int m = within(field, "m", footer.get(U32, 16), 0, BlobLayout.MAX_M);
    int efConstruction = footer.get(U32, 20);
    int graph = m > 0 ? 1 : 0;
    int levels = within(field, "levels", footer.get(U32, 24), graph, graph * LevelSizes.MAX_LEVELS);
    int points =
        within(field, "points", footer.get(U32, 28), graph, graph * RecallCurve.MAX_POINTS);
    int flags = footer.get(U32, 32);
    expect(field, "footer filler", footer.get(U32, 36), 0);
    float leastOfCenter = number(field, "least of the center", footer.get(F32, 64));
    float leastOfBest = number(field, "least of the best", footer.get(F32, 68));
    int strangePoints =
        within(field, "strange points", footer.get(U32, 72), 0, graph * RecallCurve.MAX_POINTS);
    expect(field, "second footer filler", footer.get(U32, 76), 0);

    // All lists end where the footer begins, and the bounds above keep them within the tail.
    long pointsAt =
        tail.byteSize() - BlobLayout.FOOTER_BYTES - (long) points * BlobLayout.POINT_BYTES;
    long strangeAt = pointsAt - (long) strangePoints * BlobLayout.POINT_BYTES;
    long sizesAt = strangeAt - 4L * levels;
    if (sizesAt < 0) {
      throw corrupt(field, "is too short for " + levels + " levels and " + points + " points");
    }
    int[] levelSizes = new int[levels];
    for (int i = 0; i < levels; i++) {
      int most = i == 0 ? nodes : levelSizes[i - 1];
      levelSizes[i] =
          within(field, "size of level " + (i + 1), tail.get(U32, sizesAt + 4L * i), 1, most);
    }
    BlobLayout layout =
        new BlobLayout(
            metric(footer, field),
            field.dimension(),
            nodes,
            rows,
            segmentRows,
            m,
            efConstruction,
            levelSizes,
            points,
            strangePoints,
            (flags & BlobLayout.ROWS_PRESENT) != 0,
            (flags & BlobLayout.VECTORS_PRESENT) != 0);
    expect(field, "flags", flags, layout.flags());
    expect(field, "bytes of all sections", blobSize, layout.blobSize());
    return new BlobTail(
        layout,
        curve(tail, pointsAt, points, field),
        curve(tail, strangeAt, strangePoints, field),
        leastOfCenter,
        leastOfBest);
  }

  /** Checks the eight bytes that begin and end every blob. */
  static void expectMagic(MemorySegment bytes, long at, VectorField field, String where) {
    byte[] magic = bytes.asSlice(at, BlobLayout.MAGIC.length).toArray(ValueLayout.JAVA_BYTE);
    if (!Arrays.equals(magic, BlobLayout.MAGIC)) {
      throw corrupt(field, where + " lacks the mark ELACHNSW");
    }
  }

  static void expect(VectorField field, String what, long stored, long expected) {
    if (stored != expected) {
      throw corrupt(field, what + " is " + stored + ", expected " + expected);
    }
  }

  static ElacsymException corrupt(VectorField field, String what) {
    return ElacsymException.corrupt("hnsw index of field '" + field.name() + "': " + what);
  }

  private static int within(VectorField field, String what, int stored, int least, int most) {
    if (stored < least || stored > most) {
      throw corrupt(field, what + " is " + stored + ", expected " + least + " to " + most);
    }
    return stored;
  }

  private static float number(VectorField field, String what, float stored) {
    if (!Float.isFinite(stored)) {
      throw corrupt(field, what + " is " + stored + ", expected a number");
    }
    return stored;
  }

  private static Metric metric(MemorySegment footer, VectorField field) {
    byte[] bytes = footer.asSlice(40, BlobLayout.METRIC_BYTES).toArray(ValueLayout.JAVA_BYTE);
    String id = new String(bytes, StandardCharsets.US_ASCII).replaceFirst("\0+$", "");
    if (!id.equals(field.metric().id())) {
      throw corrupt(field, "metric is '" + id + "', expected '" + field.metric().id() + "'");
    }
    return field.metric();
  }

  private static RecallCurve curve(MemorySegment tail, long at, int points, VectorField field) {
    int[] widths = new int[points];
    float[] scored = new float[points];
    float[] recall10 = new float[points];
    float[] recall100 = new float[points];
    for (int i = 0; i < points; i++) {
      long point = at + (long) i * BlobLayout.POINT_BYTES;
      int narrowest = i == 0 ? 1 : widths[i - 1] + 1;
      widths[i] = within(field, "beam width", tail.get(U32, point), narrowest, Integer.MAX_VALUE);
      scored[i] = rising(field, "scored", scored, i, tail.get(F32, point + 4), Float.MAX_VALUE);
      recall10[i] = rising(field, "recall of 10", recall10, i, tail.get(F32, point + 8), 1);
      recall100[i] = rising(field, "recall of 100", recall100, i, tail.get(F32, point + 12), 1);
    }
    return new RecallCurve(widths, scored, recall10, recall100);
  }

  private static float rising(
      VectorField field, String what, float[] values, int i, float stored, float most) {
    float least = i == 0 ? 0 : values[i - 1];
    if (!(stored >= least && stored <= most)) {
      throw corrupt(field, what + " is " + stored + ", expected " + least + " to " + most);
    }
    return stored;
  }
}
