package io.elacsym.engine.leaf;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.elacsym.api.index.RowSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.roaringbitmap.RoaringBitmap;

/**
 * Sets of rows, as two items: whether the rows that follow are those that are not in the set, and a
 * portable Roaring bitmap. So what is mostly alive, or mostly dead, is small.
 */
final class RowsCbor {
  private RowsCbor() {}

  static void write(JsonGenerator cbor, RowSet rows) throws IOException {
    boolean others = rows.cardinality() > rows.rowCount() / 2;
    RoaringBitmap bitmap = new RoaringBitmap();
    int words = (rows.rowCount() + 63) >> 6;
    for (int index = 0; index < words; index++) {
      long word = others ? ~rows.word(index) & valid(rows.rowCount(), index) : rows.word(index);
      for (; word != 0; word &= word - 1) {
        bitmap.add((index << 6) + Long.numberOfTrailingZeros(word));
      }
    }
    bitmap.runOptimize();
    ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
    bitmap.serialize(bytes);
    cbor.writeBoolean(others);
    cbor.writeBinary(bytes.array());
  }

  /** The bits of a word that stand for rows. */
  private static long valid(int rows, int index) {
    int left = rows - (index << 6);
    return left >= 64 ? -1L : (1L << left) - 1;
  }

  /**
   * @param rows how many the segment has
   */
  static RowSet read(JsonParser cbor, int rows) throws IOException {
    boolean others = Items.flag(cbor);
    byte[] bytes = Items.bytes(cbor);
    long[] words = new long[(rows + 63) >> 6];
    if (others) {
      for (int index = 0; index < words.length; index++) {
        words[index] = valid(rows, index);
      }
    }
    for (int row : bitmap(bytes)) {
      if (row < 0 || row >= rows) {
        throw new IOException("it has row " + Integer.toUnsignedString(row) + " of " + rows);
      }
      words[row >> 6] ^= 1L << row;
    }
    return RowSet.ofWords(rows, words);
  }

  private static RoaringBitmap bitmap(byte[] bytes) throws IOException {
    RoaringBitmap bitmap = new RoaringBitmap();
    try {
      bitmap.deserialize(ByteBuffer.wrap(bytes));
    } catch (RuntimeException e) {
      throw new IOException("it has rows that are no Roaring bitmap", e);
    }
    return bitmap;
  }
}
