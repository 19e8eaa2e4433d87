package io.elacsym.engine.filter;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Value;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;

/** Bytes of an attribute index; see {@code docs/format/index-attribute.md}. Big-endian. */
public final class AttributeIndexCodec {
  public static final Encoding ENCODING = Encoding.of("attribute", 1);

  private static final int MAGIC = 0x45415454;

  private AttributeIndexCodec() {}

  public static void write(AttributeIndex index, AttributeType type, BlobSink sink) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeUTF(type.element().id());
      long[] present = index.presentRows().toLongArray();
      out.writeInt(present.length);
      for (long word : present) {
        out.writeLong(word);
      }
      out.writeInt(index.distinctValues().size());
      out.writeInt(index.rows().length);
      for (Value.Scalar value : index.distinctValues()) {
        writeValue(out, value);
      }
      for (int offset : index.offsets()) {
        out.writeInt(offset);
      }
      for (int row : index.rows()) {
        out.writeInt(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sink.write(bytes.toByteArray());
  }

  private static void writeValue(DataOutputStream out, Value.Scalar value) throws IOException {
    switch (value) {
      case Value.Text text -> {
        byte[] utf8 = text.value().getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
      }
      case Value.Int number -> out.writeLong(number.value());
      case Value.Uint number -> out.writeLong(number.value());
      case Value.Real number -> out.writeDouble(number.value());
      case Value.Bool flag -> out.writeBoolean(flag.value());
      case Value.DateTime time -> out.writeLong(time.epochMillis());
      case Value.Uuid uuid -> {
        out.writeLong(uuid.value().getMostSignificantBits());
        out.writeLong(uuid.value().getLeastSignificantBits());
      }
    }
  }

  /**
   * @throws ElacsymException {@code CORRUPT} when the bytes are no index of this type
   */
  public static AttributeIndex read(BlobSource source, AttributeType type) {
    ByteBuffer in = source.read(0, source.size()).asByteBuffer();
    try {
      if (in.getInt() != MAGIC) {
        throw ElacsymException.corrupt("attribute index does not begin as one");
      }
      byte[] typeName = new byte[checked(in.getShort(), 1, in)];
      in.get(typeName);
      String stored = new String(typeName, StandardCharsets.US_ASCII);
      if (!stored.equals(type.element().id())) {
        throw ElacsymException.corrupt(
            "attribute index has values of type " + stored + ", not " + type.element().id());
      }
      long[] present = new long[checked(in.getInt(), 8, in)];
      for (int i = 0; i < present.length; i++) {
        present[i] = in.getLong();
      }
      int distinct = checked(in.getInt(), 1, in);
      int postings = checked(in.getInt(), 4, in);
      List<Value.Scalar> values = new ArrayList<>(distinct);
      for (int i = 0; i < distinct; i++) {
        values.add(readValue(in, type.element()));
      }
      int[] offsets = readInts(in, distinct + 1);
      int[] rows = readInts(in, postings);
      if (in.hasRemaining()) {
        throw ElacsymException.corrupt("attribute index goes on after its end");
      }
      BitSet presentRows = BitSet.valueOf(present);
      checkPostings(presentRows, offsets, rows);
      return new AttributeIndex(presentRows, values, offsets, rows);
    } catch (BufferUnderflowException e) {
      throw ElacsymException.corrupt("attribute index ends too early");
    }
  }

  private static void checkPostings(BitSet present, int[] offsets, int[] rows) {
    boolean fits = offsets[0] == 0 && offsets[offsets.length - 1] == rows.length;
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
    };
  }
}
