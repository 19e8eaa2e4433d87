package io.elacsym.engine.filter;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Value;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;

/** Reads attribute indexes of version 1; see {@code docs/format/index-attribute-1.md}. */
final class AttributeIndexV1 {
  private static final int MAGIC = 0x45415454;

  private AttributeIndexV1() {}

  /**
   * @throws ElacsymException {@code CORRUPT} when the bytes are no index of this type
   */
  static AttributePostings read(BlobSource source, ElementType type, int rowCount) {
    ByteBuffer in = source.read(0, source.size()).asByteBuffer();
    try {
      if (in.getInt() != MAGIC) {
        throw ElacsymException.corrupt("attribute index does not begin as one");
      }
      byte[] typeName = new byte[checked(in.getShort(), 1, in)];
      in.get(typeName);
      String stored = new String(typeName, StandardCharsets.US_ASCII);
      if (!stored.equals(type.id())) {
        throw ElacsymException.corrupt(
            "attribute index has values of type " + stored + ", not " + type.id());
      }
      long[] present = new long[checked(in.getInt(), 8, in)];
      for (int i = 0; i < present.length; i++) {
        present[i] = in.getLong();
      }
      int distinct = checked(in.getInt(), 1, in);
      int postings = checked(in.getInt(), 4, in);
      List<Value.Scalar> values = new ArrayList<>(distinct);
      for (int i = 0; i < distinct; i++) {
        values.add(readValue(in, type));
      }
      int[] offsets = readInts(in, distinct + 1);
      int[] rows = readInts(in, postings);
      if (in.hasRemaining()) {
        throw ElacsymException.corrupt("attribute index goes on after its end");
      }
      BitSet presentRows = BitSet.valueOf(present);
      checkPostings(presentRows, offsets, rows, rowCount);
      return new AttributePostings(rowCount, presentRows, values, offsets, rows);
    } catch (BufferUnderflowException e) {
      throw ElacsymException.corrupt("attribute index ends too early");
    }
  }

  private static void checkPostings(BitSet present, int[] offsets, int[] rows, int rowCount) {
    boolean fits =
        present.length() <= rowCount
            && offsets[0] == 0
            && offsets[offsets.length - 1] == rows.length;
    for (int i = 1; i < offsets.length; i++) {
      fits &= offsets[i - 1] <= offsets[i];
    }
    for (int row : rows) {
      fits &= row >= 0 && present.get(row);
    }
    if (!fits) {
      throw ElacsymException.corrupt("attribute index has impossible rows");
    }
  }

  private static int checked(int count, int minBytesEach, ByteBuffer in) {
    if (count < 0 || (long) count * minBytesEach > in.remaining()) {
      throw ElacsymException.corrupt("attribute index has the impossible count " + count);
    }
    return count;
  }

  private static int[] readInts(ByteBuffer in, int count) {
    int[] ints = new int[checked(count, 4, in)];
    for (int i = 0; i < count; i++) {
      ints[i] = in.getInt();
    }
    return ints;
  }

  private static Value.Scalar readValue(ByteBuffer in, ElementType element) {
    return switch (element) {
      case STRING -> {
        byte[] utf8 = new byte[checked(in.getInt(), 1, in)];
        in.get(utf8);
        yield new Value.Text(new String(utf8, StandardCharsets.UTF_8));
      }
      case INT -> new Value.Int(in.getLong());
      case UINT -> new Value.Uint(in.getLong());
      case FLOAT -> new Value.Real(in.getDouble());
      case BOOL -> new Value.Bool(in.get() != 0);
      case DATETIME -> new Value.DateTime(in.getLong());
      case UUID -> new Value.Uuid(new UUID(in.getLong(), in.getLong()));
      case GEO ->
          throw ElacsymException.corrupt("attribute index has points, of which it knows not");
    };
  }
}
