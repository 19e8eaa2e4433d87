package io.elacsym.index.bm25.blob.v2;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The directory of a blob: what {@code docs/format/index-bm25.md} calls so, without the bytes of
 * the files.
 *
 * @param rows of the segment
 * @param documents rows with at least one term
 * @param totalTerms terms of these rows
 * @param lengthWidth bytes of each number in the file of lengths
 * @param files where each file lies in the blob, in the order of the blob
 * @param pageChecksums of the part before the hot offset
 * @param edges copies of ranges before the hot offset
 */
public record BlobLayout(
    int rows,
    long documents,
    long totalTerms,
    int lengthWidth,
    Map<String, ByteRange> files,
    int[] pageChecksums,
    List<Window> edges) {

  public static final int VERSION = 2;
  static final byte[] MAGIC = {'E', 'L', 'B', 'M', '2', '5', 0, VERSION};
  static final int FOOTER_LENGTH = 40;
  static final int PAGE = 1 << 16;
  static final String LENGTHS = "lengths";
  static final String NORMS = "norms";

  /** Bytes of the blob from {@code start} on. */
  record Window(long start, MemorySegment bytes) {
    long end() {
      return start + bytes.byteSize();
    }

    boolean contains(long position) {
      return position >= start && position < end();
    }
  }

  /** What the last bytes of a blob say. */
  record Footer(long hotOffset, long directoryOffset, int hotChecksum) {
    byte[] encode() {
      byte[] footer = new byte[FOOTER_LENGTH];
      ByteBuffer out = littleEndian(footer);
      out.putLong(hotOffset).putLong(directoryOffset).putInt(hotChecksum).putInt(VERSION);
      CRC32C checksum = new CRC32C();
      checksum.update(footer, 0, out.position());
      out.putInt((int) checksum.getValue()).putInt(0).put(MAGIC);
      return footer;
    }

    /**
     * The footer at the end of {@code tail}, which ends where the blob of {@code size} bytes ends.
     */
    static Footer decode(MemorySegment tail, long size) {
      check(size >= MAGIC.length + FOOTER_LENGTH, "it has " + size + " bytes");
      MemorySegment footer = tail.asSlice(tail.byteSize() - FOOTER_LENGTH);
      ByteBuffer in = buffer(footer);
      long hotOffset = in.getLong();
      long directoryOffset = in.getLong();
      int hotChecksum = in.getInt();
      int version = in.getInt();
      int footerChecksum = in.getInt();
      byte[] magic = new byte[MAGIC.length];
      check(in.getInt() == 0, "the footer has a value where it is zero");
      in.get(magic);
      check(Arrays.equals(magic, MAGIC), "it does not end with the magic number");
      check(checksum(footer.asSlice(0, 24)) == footerChecksum, "the footer's checksum differs");
      check(version == VERSION, "the version is " + version + ", expected " + VERSION);
      check(
          MAGIC.length <= hotOffset
              && hotOffset <= directoryOffset
              && directoryOffset <= size - FOOTER_LENGTH,
          "the directory lies at " + directoryOffset + ", the hot part at " + hotOffset);
      return new Footer(hotOffset, directoryOffset, hotChecksum);
    }
  }

  byte[] encode() {
    int size = 4 + 8 + 8 + 1 + 1 + 4 + 4 * pageChecksums.length + 1;
    for (String name : files.keySet()) {
      size += 1 + name.length() + 16;
    }
    for (Window edge : edges) {
      size += 10 + (int) edge.bytes.byteSize();
    }
    byte[] directory = new byte[size];
    ByteBuffer out = littleEndian(directory);
    out.putInt(rows).putLong(documents).putLong(totalTerms).put((byte) lengthWidth);
    out.put((byte) files.size());
    files.forEach((name, range) -> {
      out.put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
      out.putLong(range.offset()).putLong(range.length());
    });
    out.putInt(pageChecksums.length);
    for (int pageChecksum : pageChecksums) {
      out.putInt(pageChecksum);
    }
    out.put((byte) edges.size());
    for (Window edge : edges) {
      out.putLong(edge.start).putShort((short) edge.bytes.byteSize());
      out.put(edge.bytes.asByteBuffer());
    }
    return directory;
  }

  /**
   * Reads a directory whose checksum holds, so that what is checked here are only limits that an
   * honest writer keeps.
   *
   * @param blobEnd where files end at the latest
   */
  static BlobLayout decode(MemorySegment directory, long blobEnd) {
    ByteBuffer in = buffer(directory);
    int rows = in.getInt();
    long documents = in.getLong();
    long totalTerms = in.getLong();
    int lengthWidth = in.get();
    check(rows >= 0 && documents >= 0 && totalTerms >= documents, "its counts are negative");
    check(
        lengthWidth == 1 || lengthWidth == 2 || lengthWidth == 4,
        "lengths take " + lengthWidth + " bytes");
    Map<String, ByteRange> files = new LinkedHashMap<>();
    for (int left = in.get() & 0xff; left > 0; left--) {
      byte[] name = new byte[in.get() & 0xff];
      in.get(name);
      long offset = in.getLong();
      long length = in.getLong();
      check(
          offset >= 0 && length >= 0 && offset <= blobEnd && length <= blobEnd - offset,
          "a file lies at " + offset + "+" + length);
      files.put(new String(name, StandardCharsets.US_ASCII), new ByteRange(offset, length));
    }
    int[] pageChecksums = new int[in.getInt()];
    for (int i = 0; i < pageChecksums.length; i++) {
      pageChecksums[i] = in.getInt();
    }
    List<Window> edges = new ArrayList<>();
    for (int left = in.get() & 0xff; left > 0; left--) {
      long start = in.getLong();
      byte[] bytes = new byte[in.getShort() & 0xffff];
      in.get(bytes);
      edges.add(new Window(start, MemorySegment.ofArray(bytes)));
    }
    return new BlobLayout(
        rows, documents, totalTerms, lengthWidth, files, pageChecksums, List.copyOf(edges));
  }

  static int checksum(MemorySegment bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.asByteBuffer());
    return (int) checksum.getValue();
  }

  static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw ElacsymException.corrupt("this is no bm25 index: " + otherwise);
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer buffer(MemorySegment bytes) {
    return bytes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
