package io.elacsym.tck.memory;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.ValueType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The end of a {@code rows} file: what it holds and where. The last 20 bytes are the directory's
 * checksum and length, the file's length (which tells a file that was cut) and a magic number.
 *
 * @param columns in schema order
 * @param chunks for each column, where its chunks are
 */
record RowsDirectory(
    SegmentSchema schema, int rows, List<ColumnStatistics> columns, List<List<ByteRange>> chunks) {
  static final int CHUNK_ROWS = 1024;

  private static final int MAGIC = 0x526f7773;
  private static final int TRAILER = 20;

  byte[] bytes(long position) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(rows);
    out.writeInt(schema.columns().size());
    for (int c = 0; c < schema.columns().size(); c++) {
      ColumnSpec spec = schema.columns().get(c);
      out.writeUTF(spec.name());
      out.writeUTF(spec.type().id());
      out.writeBoolean(spec.list());
      out.writeInt(spec.dimension());
      out.writeUTF(spec.logicalType());
      out.writeLong(columns.get(c).absent());
      writeBound(out, spec, columns.get(c).min());
      writeBound(out, spec, columns.get(c).max());
      out.writeInt(chunks.get(c).size());
      for (ByteRange chunk : chunks.get(c)) {
        out.writeLong(chunk.offset());
        out.writeLong(chunk.length());
      }
    }
    int length = bytes.size();
    out.writeInt(checksum(bytes.toByteArray()));
    out.writeInt(length);
    out.writeLong(position + length + TRAILER);
    out.writeInt(MAGIC);
    return bytes.toByteArray();
  }

  static RowsDirectory readFrom(BlobSource source) {
    if (source.size() < TRAILER) {
      throw ElacsymException.corrupt("no rows file: it has " + source.size() + " bytes");
    }
    try {
      DataInputStream trailer = stream(bytes(source, source.size() - TRAILER, TRAILER));
      int checksum = trailer.readInt();
      int length = trailer.readInt();
      long size = trailer.readLong();
      if (trailer.readInt() != MAGIC || size != source.size() || length > size - TRAILER) {
        throw ElacsymException.corrupt("no rows file, or not all of one");
      }
      byte[] directory = bytes(source, size - TRAILER - length, length);
      if (checksum(directory) != checksum) {
        throw ElacsymException.corrupt("the directory of a rows file is not what was written");
      }
      return parse(stream(directory));
    } catch (IOException | IllegalArgumentException e) {
      throw ElacsymException.corrupt("the directory of a rows file cannot be read: " + e);
    }
  }

  private static RowsDirectory parse(DataInputStream in) throws IOException {
    int rows = in.readInt();
    int count = in.readInt();
    List<ColumnSpec> specs = new ArrayList<>();
    List<ColumnStatistics> statistics = new ArrayList<>();
    List<List<ByteRange>> chunks = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      ColumnSpec spec =
          new ColumnSpec(
              in.readUTF(), type(in.readUTF()), in.readBoolean(), in.readInt(), in.readUTF());
      specs.add(spec);
      long absent = in.readLong();
      statistics.add(new ColumnStatistics(absent, readBound(in, spec), readBound(in, spec)));
      List<ByteRange> ranges = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        ranges.add(new ByteRange(in.readLong(), in.readLong()));
      }
      chunks.add(ranges);
    }
    return new RowsDirectory(new SegmentSchema(specs), rows, statistics, chunks);
  }

  private static void writeBound(DataOutputStream out, ColumnSpec spec, Optional<?> bound)
      throws IOException {
    out.writeBoolean(bound.isPresent());
    if (bound.isPresent()) {
      RowsCells.writeValue(out, spec, bound.get());
    }
  }

  private static Optional<Comparable<?>> readBound(DataInputStream in, ColumnSpec spec)
      throws IOException {
    return in.readBoolean()
        ? Optional.of((Comparable<?>) RowsCells.readValue(in, spec))
        : Optional.empty();
  }

  private static ValueType type(String id) throws IOException {
    for (ValueType type : ValueType.values()) {
      if (type.id().equals(id)) {
        return type;
      }
    }
    throw new IOException("unknown type " + id);
  }

  private static int checksum(byte[] directory) {
    CRC32C checksum = new CRC32C();
    checksum.update(directory);
    return (int) checksum.getValue();
  }

  private static byte[] bytes(BlobSource source, long offset, long length) {
    return source.read(offset, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private static DataInputStream stream(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
