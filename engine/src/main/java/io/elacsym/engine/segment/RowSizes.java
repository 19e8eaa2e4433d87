package io.elacsym.engine.segment;

import io.elacsym.engine.model.Footprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;

/**
 * How much memory the attributes of a segment's rows take once they are read. It is known before
 * they are read, so that nobody reads more at once than there is room for. Immutable.
 */
public final class RowSizes {
  /** How much is read of a segment at once. */
  public static final long BATCH_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 64, 2 << 20, 64 << 20);

  /**
   * A size is kept in one byte, rounded up: the place of its highest bit that is set, and the three
   * bits below that. Between one power of two and the next there are this many steps.
   */
  private static final int STEPS = 8;

  private final byte[] codes;
  private final Map<String, Long> largest;
  private final long largestRow;

  /**
   * @param codes for each row the code of its size
   * @param largest for each attribute the bytes of memory of its largest value
   */
  private RowSizes(byte[] codes, Map<String, Long> largest) {
    this.codes = codes;
    this.largest = largest;
    long most = 0;
    for (byte code : codes) {
      most = Math.max(most, bound(code & 0xff));
    }
    this.largestRow = most;
  }

  /** Sizes as they were measured. */
  static RowSizes of(long[] rows, Map<String, Long> largest) {
    byte[] codes = new byte[rows.length];
    for (int row = 0; row < rows.length; row++) {
      codes[row] = (byte) code(rows[row]);
    }
    return new RowSizes(codes, new TreeMap<>(largest));
  }

  /** Measures rows that are about to become a segment. */
  static RowSizes of(SegmentRows rows) {
    long[] sizes = new long[rows.rows()];
    Map<String, Long> largest = new TreeMap<>();
    rows.attributes()
        .forEach((name, column) -> {
          long most = 0;
          for (int row = 0; row < sizes.length; row++) {
            long bytes = ColumnValues.bytes(column, row);
            sizes[row] += bytes;
            most = Math.max(most, bytes);
          }
          largest.put(name, most);
        });
    return of(sizes, largest);
  }

  /** The least code whose bound is not below a size. */
  static int code(long bytes) {
    if (bytes < STEPS) {
      return (int) Math.max(0, bytes);
    }
    int shift = Long.SIZE - 4 - Long.numberOfLeadingZeros(bytes);
    int code = (shift + 1) * STEPS + (int) (bytes >>> shift) - STEPS;
    return Math.min(255, bound(code) < bytes ? code + 1 : code);
  }

  /** The size that a code stands for. */
  static long bound(int code) {
    return code < STEPS ? code : (long) (STEPS + code % STEPS) << (code / STEPS - 1);
  }

  int rows() {
    return codes.length;
  }

  /** For each row an upper bound, in bytes, of the memory of some attributes. */
  IntToLongFunction ofRows(List<String> attributes) {
    long most = ofColumns(attributes);
    return row -> Math.min(bound(codes[row] & 0xff), most);
  }

  /** An upper bound, in bytes, of the memory of some attributes of any row. */
  long ofAnyRow(List<String> attributes) {
    return Math.min(largestRow, ofColumns(attributes));
  }

  private long ofColumns(List<String> attributes) {
    long bytes = 0;
    for (String attribute : attributes) {
      bytes += largest.getOrDefault(attribute, 0L);
    }
    return bytes;
  }

  /** An upper bound, in bytes, of the memory of all attributes of all rows together. */
  long ofAllRows() {
    long bytes = 0;
    for (byte code : codes) {
      bytes += Footprint.DOCUMENT + bound(code & 0xff);
    }
    return bytes;
  }

  /** The form in an envelope. */
  byte[] toBytes() {
    int size = codes.length + Short.BYTES;
    for (String name : largest.keySet()) {
      size += 1 + name.getBytes(StandardCharsets.UTF_8).length + Long.BYTES;
    }
    ByteBuffer out = ByteBuffer.allocate(size).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    out.put(codes).putShort((short) largest.size());
    largest.forEach((name, most) -> {
      byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
      out.put((byte) utf8.length).put(utf8).putLong(most);
    });
    return out.array();
  }

  /**
   * Reads what {@link #toBytes} has made.
   *
   * @throws java.nio.BufferUnderflowException when it ends too early
   */
  static RowSizes read(ByteBuffer in, int rows) {
    byte[] codes = new byte[rows];
    in.get(codes);
    int columns = in.getShort() & 0xffff;
    Map<String, Long> largest = new TreeMap<>();
    for (int i = 0; i < columns; i++) {
      byte[] utf8 = new byte[in.get() & 0xff];
      in.get(utf8);
      largest.put(new String(utf8, StandardCharsets.UTF_8), in.getLong());
    }
    return new RowSizes(codes, largest);
  }
}
