package io.elacsym.index.ivf.blob.v1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.codes.Rotation;
import io.elacsym.index.ivf.quantizer.CodeShape;
import io.elacsym.index.ivf.quantizer.Product;
import io.elacsym.index.ivf.quantizer.Quantizer;
import io.elacsym.index.ivf.quantizer.Rabitq;
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
 * @param bits of a component's code, where the quantizer has a choice, else 0
 * @param dimension of the vectors
 * @param count how many vectors
 * @param segmentRows how many rows the segment has
 * @param lists how many lists
 * @param always how many of them, the first ones, every search visits
 * @param rowNumbers whether row numbers are stored
 * @param ownVectors whether vectors are stored here too, and not in the segment alone
 * @param points of the curve
 * @param seed of the rotation
 * @param boundary see {@link RecallCurve}
 * @param spread see {@link RecallCurve}
 */
public record Footer(
    Metric metric,
    String quantizer,
    int bits,
    int dimension,
    int count,
    int segmentRows,
    int lists,
    int always,
    boolean rowNumbers,
    boolean ownVectors,
    int points,
    long seed,
    float boundary,
    float spread) {
  static final int VERSION = 1;
  public static final Encoding ENCODING = Encoding.of("ivf", VERSION);
  public static final int BYTES = 128;

  /** Areas start at multiples of this. */
  public static final int ALIGNMENT = 64;

  /** Bytes of a list in the list table. */
  public static final int LIST_BYTES = 20;

  private static final int ROW_NUMBERS = 1;
  private static final int OWN_VECTORS = 2;
  private static final int NAME_BYTES = 8;
  private static final int MAX_DIMENSION = 65_536;
  private static final byte[] MAGIC = "ELACSIVF".getBytes(US_ASCII);

  public long codesOffset() {
    return ownVectors ? aligned(4L * dimension * count) : 0;
  }

  /** Components of a rotated vector. */
  public int components() {
    return Rotation.rotated(dimension);
  }

  /** What the codes look like. */
  CodeShape shape() {
    return switch (quantizer) {
      case Rabitq.NAME -> new Rabitq(components(), bits).shape();
      case Product.NAME -> new Product(components(), new float[0]).shape();
      case Sq8.NAME -> new Sq8(components()).shape();
      default -> CodeShape.NONE;
    };
  }

  public long rowNumbersOffset() {
    return aligned(codesOffset() + (long) shape().blockBytes() * CodeShape.blocks(count));
  }

  public long headOffset() {
    return aligned(rowNumbersOffset() + (rowNumbers ? 4L * count : 0));
  }

  /** Where the centroids' codes lie in the head, which begins with the middle. */
  public long centroidsAt() {
    return 4L * dimension;
  }

  public long listTableAt() {
    return centroidsAt() + (long) lists * components();
  }

  public long codebooksAt() {
    return listTableAt() + (long) lists * LIST_BYTES;
  }

  public long curveAt() {
    return codebooksAt()
        + (quantizer.equals(Product.NAME) ? 4L * Product.codebookFloats(components()) : 0);
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
    to.set(Bytes.U32, at + 16, bits);
    to.set(Bytes.U32, at + 20, dimension);
    to.set(Bytes.U32, at + 24, count);
    to.set(Bytes.U32, at + 28, segmentRows);
    to.set(Bytes.U32, at + 32, lists);
    to.set(Bytes.U32, at + 36, always);
    to.set(Bytes.U32, at + 40, (rowNumbers ? ROW_NUMBERS : 0) | (ownVectors ? OWN_VECTORS : 0));
    to.set(Bytes.U32, at + 44, points);
    to.set(Bytes.U64, at + 48, seed);
    to.set(Bytes.F32, at + 56, boundary);
    to.set(Bytes.F32, at + 60, spread);
    to.set(Bytes.U64, at + 64, 0);
    to.set(Bytes.U64, at + 72, codesOffset());
    to.set(Bytes.U64, at + 80, rowNumbersOffset());
    to.set(Bytes.U64, at + 88, headOffset());
    to.set(Bytes.U64, at + 96, 0);
    to.set(Bytes.U64, at + 104, 0);
    to.set(Bytes.U32, at + 112, 0);
    to.set(Bytes.U32, at + 116, VERSION);
    MemorySegment.copy(MAGIC, 0, to, ValueLayout.JAVA_BYTE, at + 120, MAGIC.length);
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
    if (!Arrays.equals(bytes(tail, at + 120), MAGIC)) {
      throw corrupt("it does not end with " + new String(MAGIC, US_ASCII));
    }
    expect("format version", tail.get(Bytes.U32, at + 116), VERSION);
    Metric metric = field.metric();
    String storedMetric = name(tail, at);
    if (!storedMetric.equals(metric.id())) {
      throw corrupt("metric is '" + storedMetric + "', expected '" + metric.id() + "'");
    }
    String quantizer = name(tail, at + 8);
    if (!Quantizer.NAMES.contains(quantizer)) {
      throw corrupt("quantizer is '" + quantizer + "', expected one of " + Quantizer.NAMES);
    }
    int bits = tail.get(Bytes.U32, at + 16);
    if (!(quantizer.equals(Rabitq.NAME) ? Rabitq.BITS.contains(bits) : bits == 0)) {
      throw corrupt("bits of a code are " + bits + ", which " + quantizer + " does not have");
    }
    int dimension = between("dimension", tail.get(Bytes.U32, at + 20), 1, MAX_DIMENSION);
    expect("dimension", dimension, field.dimension());
    expect("segment rows", tail.get(Bytes.U32, at + 28), segmentRows);
    int count = between("count", tail.get(Bytes.U32, at + 24), 1, segmentRows);
    int lists = between("lists", tail.get(Bytes.U32, at + 32), 1, count);
    int always = between("lists that are always visited", tail.get(Bytes.U32, at + 36), 0, lists);
    int flags = between("flags", tail.get(Bytes.U32, at + 40), 0, ROW_NUMBERS | OWN_VECTORS);
    int points = between("curve points", tail.get(Bytes.U32, at + 44), 0, RecallCurve.MAX_POINTS);
    Footer footer =
        new Footer(
            metric,
            quantizer,
            bits,
            dimension,
            count,
            segmentRows,
            lists,
            always,
            (flags & ROW_NUMBERS) != 0,
            (flags & OWN_VECTORS) != 0,
            points,
            tail.get(Bytes.U64, at + 48),
            tail.get(Bytes.F32, at + 56),
            tail.get(Bytes.F32, at + 60));
    expect("offset of the vectors", tail.get(Bytes.U64, at + 64), 0);
    expect("offset of the codes", tail.get(Bytes.U64, at + 72), footer.codesOffset());
    expect("offset of the row numbers", tail.get(Bytes.U64, at + 80), footer.rowNumbersOffset());
    expect("offset of the head", tail.get(Bytes.U64, at + 88), footer.headOffset());
    expect("reserved field", tail.get(Bytes.U64, at + 96), 0);
    expect("reserved field", tail.get(Bytes.U64, at + 104), 0);
    expect("reserved field", tail.get(Bytes.U32, at + 112), 0);
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
