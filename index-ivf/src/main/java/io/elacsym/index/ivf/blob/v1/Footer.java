package io.elacsym.index.ivf.blob.v1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.index.ivf.quantizer.Bytes;
import io.elacsym.index.ivf.quantizer.Flat;
import io.elacsym.index.ivf.quantizer.Scale;
import io.elacsym.index.ivf.quantizer.Sq8;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The last bytes of a blob: its counts, from which follows where everything lies. Version 1 of
 * {@code docs/format/index-ivf.md}.
 *
 * @param metric of the vectors
 * @param quantizer the name of the quantizer
 * @param dimension of the vectors
 * @param count how many vectors
 * @param segmentRows how many rows the segment has
 * @param lists how many lists
 * @param rowNumbers whether row numbers are stored
 * @param points of the curve
 * @param spread see {@link RecallCurve}
 * @param surprise see {@link RecallCurve}
 */
public record Footer(
    Metric metric,
    String quantizer,
    int dimension,
    int count,
    int segmentRows,
    int lists,
    boolean rowNumbers,
    int points,
    float spread,
    float surprise) {
  static final int VERSION = 1;
  public static final Encoding ENCODING = Encoding.of("ivf", VERSION);
  public static final int BYTES = 96;

  /** Areas start at multiples of this. */
  public static final int ALIGNMENT = 64;

  /** Bytes of a list in the list table. */
  public static final int LIST_BYTES = 12;

  private static final int NAME_BYTES = 8;
  private static final int MAX_DIMENSION = 65_536;
  private static final byte[] MAGIC = "ELACSIVF".getBytes(US_ASCII);

  public long codesOffset() {
    return aligned(4L * dimension * count);
  }

  /** Bytes of one item's code; 0 if vectors are scanned themselves. */
  public int stride() {
    return quantizer.equals(Sq8.NAME) ? Sq8.stride(dimension, metric) : 0;
  }

  public long rowNumbersOffset() {
    return aligned(codesOffset() + (long) stride() * count);
  }

  public long headOffset() {
    return aligned(rowNumbersOffset() + (rowNumbers ? 4L * count : 0));
  }

  public long listTableAt() {
    return Scale.bytes(dimension) + (long) lists * dimension;
  }

  public long quantizerAt() {
    return listTableAt() + (long) lists * LIST_BYTES;
  }

  public long curveAt() {
    return quantizerAt() + (stride() > 0 ? Scale.bytes(dimension) : 0);
  }

  long headBytes() {
    return curveAt() + (long) RecallCurve.POINT_BYTES * points;
  }

  long blobBytes() {
    return headOffset() + headBytes() + BYTES;
  }

  private static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  void write(MemorySegment to, long at) {
    putName(to, at, metric.id());
    putName(to, at + 8, quantizer);
    to.set(Bytes.U32, at + 16, dimension);
    to.set(Bytes.U32, at + 20, count);
    to.set(Bytes.U32, at + 24, segmentRows);
    to.set(Bytes.U32, at + 28, lists);
    to.set(Bytes.U32, at + 32, rowNumbers ? 1 : 0);
    to.set(Bytes.U32, at + 36, points);
    to.set(Bytes.U64, at + 40, 0);
    to.set(Bytes.U64, at + 48, codesOffset());
    to.set(Bytes.U64, at + 56, rowNumbersOffset());
    to.set(Bytes.U64, at + 64, headOffset());
    to.set(Bytes.F32, at + 72, spread);
    to.set(Bytes.F32, at + 76, surprise);
    to.set(Bytes.U32, at + 80, 0);
    to.set(Bytes.U32, at + 84, VERSION);
    MemorySegment.copy(MAGIC, 0, to, ValueLayout.JAVA_BYTE, at + 88, MAGIC.length);
  }

  private static void putName(MemorySegment to, long at, String name) {
    byte[] bytes = Arrays.copyOf(name.getBytes(US_ASCII), NAME_BYTES);
    MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, at, NAME_BYTES);
  }

  /**
   * Reads and checks a footer.
   *
   * @param tail the last bytes of a blob, {@link #BYTES} of them or more
   * @throws ElacsymException {@code CORRUPT} when it is not the footer of an index over this field
   *     of this segment, or does not fit a blob of this size
   */
  static Footer read(MemorySegment tail, VectorField field, int segmentRows, long blobBytes) {
    long at = tail.byteSize() - BYTES;
    if (!Arrays.equals(bytes(tail, at + 88), MAGIC)) {
      throw corrupt("it does not end with " + new String(MAGIC, US_ASCII));
    }
    expect("format version", tail.get(Bytes.U32, at + 84), VERSION);
    Metric metric = field.metric();
    String storedMetric = name(tail, at);
    if (!storedMetric.equals(metric.id())) {
      throw corrupt("metric is '" + storedMetric + "', expected '" + metric.id() + "'");
    }
    String quantizer = name(tail, at + 8);
    if (!quantizer.equals(Flat.NAME) && !quantizer.equals(Sq8.NAME)) {
      throw corrupt("quantizer is '" + quantizer + "', expected flat or sq8");
    }
    int dimension = between("dimension", tail.get(Bytes.U32, at + 16), 1, MAX_DIMENSION);
    expect("dimension", dimension, field.dimension());
    expect("segment rows", tail.get(Bytes.U32, at + 24), segmentRows);
    int count = between("count", tail.get(Bytes.U32, at + 20), 1, segmentRows);
    int lists = between("lists", tail.get(Bytes.U32, at + 28), 1, count);
    int flags = between("flags", tail.get(Bytes.U32, at + 32), 0, 1);
    int points = between("curve points", tail.get(Bytes.U32, at + 36), 0, RecallCurve.MAX_POINTS);
    expect("reserved field", tail.get(Bytes.U32, at + 80), 0);
    Footer footer =
        new Footer(
            metric,
            quantizer,
            dimension,
            count,
            segmentRows,
            lists,
            flags == 1,
            points,
            tail.get(Bytes.F32, at + 72),
            tail.get(Bytes.F32, at + 76));
    expect("offset of the vectors", tail.get(Bytes.U64, at + 40), 0);
    expect("offset of the codes", tail.get(Bytes.U64, at + 48), footer.codesOffset());
    expect("offset of the row numbers", tail.get(Bytes.U64, at + 56), footer.rowNumbersOffset());
    expect("offset of the head", tail.get(Bytes.U64, at + 64), footer.headOffset());
    expect("size in bytes", blobBytes, footer.blobBytes());
    return footer;
  }

  private static byte[] bytes(MemorySegment from, long at) {
    return from.asSlice(at, NAME_BYTES).toArray(ValueLayout.JAVA_BYTE);
  }

  private static String name(MemorySegment from, long at) {
    return new String(bytes(from, at), US_ASCII).replace("\0", "");
  }

  private static void expect(String what, long found, long expected) {
    if (found != expected) {
      throw corrupt(what + " is " + found + ", expected " + expected);
    }
  }

  private static int between(String what, int found, int min, int max) {
    if (found < min || found > max) {
      String shown = Integer.toUnsignedString(found);
      throw corrupt(what + " is " + shown + ", expected " + min + " to " + max);
    }
    return found;
  }

  static ElacsymException corrupt(String what) {
    return ElacsymException.corrupt("this is no ivf index: " + what);
  }
}
