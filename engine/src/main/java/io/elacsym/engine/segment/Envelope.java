package io.elacsym.engine.segment;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.engine.blob.Checksums;
import io.elacsym.engine.model.DocId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * What the engine must know of a segment whatever its format: the checksums of its data file (other
 * tools read that file, so it cannot carry them), which row has which id, and how much memory rows
 * take. See {@code docs/format/segment-envelope.md}.
 *
 * @param checksums of the data file
 * @param ids of the rows
 * @param sizes of the rows in memory
 */
public record Envelope(Checksums checksums, SegmentIds ids, RowSizes sizes) {
  /** {@code "ELACSEG1"}. */
  private static final long MAGIC = 0x3147455343414C45L;

  private static final int HEADER = 8 + 4 + 4 + 8;

  void write(BlobSink sink) {
    int rows = ids.size();
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(MAGIC).putInt(rows).putInt(ids.kind() == DocId.Kind.UINT ? 0 : 1);
    header.putLong(checksums.blobBytes());
    sink.write(header.array());
    sink.write(checksums.toBytes());
    ByteBuffer ordinals = ByteBuffer.allocate(rows * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int rank = 0; rank < rows; rank++) {
      ordinals.putInt(ids.rowOfRank(rank));
    }
    sink.write(ordinals.array());
    switch (ids.kind()) {
      case UINT -> {
        ByteBuffer numbers = ByteBuffer.allocate(rows * 8).order(ByteOrder.LITTLE_ENDIAN);
        numbers.asLongBuffer().put(ids.sorted().numbers());
        sink.write(numbers.array());
      }
      case STRING -> {
        for (String text : ids.sorted().texts()) {
          byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
          sink.write(new byte[] {(byte) utf8.length});
          sink.write(utf8);
        }
      }
    }
    sink.write(sizes.toBytes());
  }

  /**
   * @throws ElacsymException {@code CORRUPT} when the bytes are no envelope
   */
  public static Envelope read(String name, BlobSource source) {
    ByteBuffer in = source.read(0, source.size()).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    try {
      if (in.getLong() != MAGIC) {
        throw ElacsymException.corrupt("object " + name + " does not begin as a segment envelope");
      }
      int rows = in.getInt();
      int kind = in.getInt();
      long dataBytes = in.getLong();
      boolean possible =
          rows >= 0
              && (kind == 0 || kind == 1)
              // The table has four bytes a block: this also keeps the sizes below from overflowing.
              && dataBytes >= 0
              && dataBytes / Checksums.BLOCK <= in.remaining() / 4
              && 4L * Checksums.blocks(dataBytes) + 4L * rows <= in.remaining();
      if (!possible) {
        throw ElacsymException.corrupt("object " + name + " has an impossible header");
      }
      Checksums checksums = Checksums.parse(dataBytes, in.slice());
      in.position(in.position() + 4 * checksums.crcs().length);
      int[] rowOfRank = new int[rows];
      BitSet seen = new BitSet(rows);
      for (int rank = 0; rank < rows; rank++) {
        int row = in.getInt();
        if (row < 0 || row >= rows || seen.get(row)) {
          throw ElacsymException.corrupt("object " + name + " has impossible rows");
        }
        seen.set(row);
        rowOfRank[rank] = row;
      }
      IdList ids = readIds(in, rows, kind);
      RowSizes sizes = RowSizes.read(in, rows);
      if (in.hasRemaining() || !ids.isAscending()) {
        throw ElacsymException.corrupt("object " + name + " has impossible ids");
      }
      return new Envelope(checksums, new SegmentIds(ids, rowOfRank), sizes);
    } catch (BufferUnderflowException e) {
      throw ElacsymException.corrupt("object " + name + " ends too early");
    }
  }

  private static IdList readIds(ByteBuffer in, int rows, int kind) {
    if (kind == 0) {
      long[] numbers = new long[rows];
      for (int i = 0; i < rows; i++) {
        numbers[i] = in.getLong();
      }
      return IdList.ofNumbers(numbers);
    }
    String[] texts = new String[rows];
    for (int i = 0; i < rows; i++) {
      byte[] utf8 = new byte[in.get() & 0xff];
      in.get(utf8);
      texts[i] = new String(utf8, StandardCharsets.UTF_8);
    }
    return IdList.ofTexts(texts);
  }
}
