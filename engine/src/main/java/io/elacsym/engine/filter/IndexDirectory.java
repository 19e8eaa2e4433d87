package io.elacsym.engine.filter;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * The end of an attribute index, which says where everything else is.
 *
 * @param present rows that have the attribute, also as an empty array
 * @param once whether each of these has one value, no more and no less
 * @param blocks ascending
 */
record IndexDirectory(BitSet present, boolean once, List<IndexBlock> blocks) {
  /** Longer texts are no bounds: then there are shorter ones that do as well. */
  private static final int MOST_BOUND_BYTES = 64;

  /** What a directory says of the values of a block. */
  record Bounds(Value.Scalar least, Optional<Value.Scalar> greatest) {
    /**
     * The bounds of neighbouring values.
     *
     * @param before the value before the first one, if there is one
     */
    static Bounds of(Optional<Value.Scalar> before, Value.Scalar first, Value.Scalar last) {
      Value.Scalar least =
          first instanceof Value.Text text && bytes(text.value()) > MOST_BOUND_BYTES
              ? new Value.Text(border(before.map(b -> ((Value.Text) b).value()), text.value()))
              : first;
      return new Bounds(
          least,
          last instanceof Value.Text text && bytes(text.value()) > MOST_BOUND_BYTES
              ? Optional.empty()
              : Optional.of(last));
    }

    private static int bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The shortest beginning of a text that comes behind the one before. */
    private static String border(Optional<String> before, String text) {
      int at = 0;
      String other = before.orElse("");
      while (at < other.length() && text.codePointAt(at) == other.codePointAt(at)) {
        at += Character.charCount(text.codePointAt(at));
      }
      return text.substring(0, at + Character.charCount(text.codePointAt(at)));
    }
  }

  static void write(
      ElementType type, BitSet present, boolean once, List<IndexBlock> blocks, Output out) {
    byte[] name = type.id().getBytes(StandardCharsets.US_ASCII);
    out.count(name.length);
    out.bytes(name, 0, name.length);
    RoaringBitmap rows = new RoaringBitmap();
    present.stream().forEach(rows::add);
    out.bitmap(rows);
    out.count(once ? 1 : 0);
    out.count(blocks.size());
    for (IndexBlock block : blocks) {
      out.count(block.values());
      out.count(block.rowCount());
      out.count((int) block.rowsAt().length());
      out.count((int) block.valuesAt().length());
      IndexedValues.write(List.of(block.least()), type, out);
      out.count(block.greatest().isPresent() ? 1 : 0);
      block.greatest().ifPresent(last -> IndexedValues.write(List.of(last), type, out));
    }
  }

  /**
   * @param length how many bytes are before it
   * @throws ElacsymException {@code CORRUPT} when it is none of an index of this type
   */
  static IndexDirectory read(Input in, ElementType type, int rowCount, long length) {
    byte[] name = new byte[in.count(in.remaining())];
    in.bytes(name, 0, name.length);
    String stored = new String(name, StandardCharsets.US_ASCII);
    if (!stored.equals(type.id())) {
      throw ElacsymException.corrupt(
          "attribute index has values of type " + Strings.shown(stored) + ", not " + type.id());
    }
    BitSet present = new BitSet(rowCount);
    in.bitmap(rowCount).forEach((int row) -> present.set(row));
    boolean once = in.count(1) == 1;
    int count = in.count(in.remaining());
    List<IndexBlock> blocks = new ArrayList<>();
    long rowsEnd = 0;
    long valuesEnd = 0;
    for (int i = 0; i < count; i++) {
      int values = in.count(Integer.MAX_VALUE);
      int rows = in.count(rowCount);
      ByteRange rowsAt = new ByteRange(rowsEnd, in.count(Integer.MAX_VALUE));
      ByteRange valuesAt = new ByteRange(valuesEnd, in.count(Integer.MAX_VALUE));
      rowsEnd = rowsAt.end();
      valuesEnd = valuesAt.end();
      Value.Scalar least = IndexedValues.read(1, type, in).getFirst();
      Optional<Value.Scalar> greatest =
          in.count(1) == 1
              ? Optional.of(IndexedValues.read(1, type, in).getFirst())
              : Optional.empty();
      blocks.add(new IndexBlock(least, greatest, values, rows, valuesAt, rowsAt));
    }
    in.requireEnd();
    if (rowsEnd + valuesEnd != length) {
      throw ElacsymException.corrupt("attribute index has blocks of another length");
    }
    return new IndexDirectory(present, once, placed(blocks, rowsEnd));
  }

  /**
   * Blocks with the places of their values, which are behind all rows, and with the bound that the
   * next block gives: what comes before that is not greater than its first value.
   */
  private static List<IndexBlock> placed(List<IndexBlock> blocks, long rowsEnd) {
    List<IndexBlock> placed = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      IndexBlock block = blocks.get(i);
      Optional<Value.Scalar> next =
          i + 1 < blocks.size() ? Optional.of(blocks.get(i + 1).least()) : Optional.empty();
      placed.add(
          new IndexBlock(
              block.least(),
              block.greatest().or(() -> next),
              block.values(),
              block.rowCount(),
              new ByteRange(rowsEnd + block.valuesAt().offset(), block.valuesAt().length()),
              block.rowsAt()));
    }
    return List.copyOf(placed);
  }
}
