package io.elacsym.tck.memory;

import io.elacsym.api.segment.ColumnSpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How one cell of a {@code rows} file is written: -1 for absent, else a count and the values. */
final class RowsCells {
  private static final int ABSENT = -1;

  private RowsCells() {}

  static void write(DataOutputStream out, ColumnSpec spec, Object cell) throws IOException {
    if (cell == Cells.Absent.ABSENT) {
      out.writeInt(ABSENT);
    } else if (cell instanceof List<?> elements) {
      out.writeInt(elements.size());
      for (Object element : elements) {
        writeValue(out, spec, element);
      }
    } else {
      out.writeInt(1);
      writeValue(out, spec, cell);
    }
  }

  static Object read(DataInputStream in, ColumnSpec spec) throws IOException {
    int count = in.readInt();
    if (count == ABSENT) {
      return Cells.Absent.ABSENT;
    }
    if (!spec.list()) {
      return readValue(in, spec);
    }
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(readValue(in, spec));
    }
    return elements;
  }

  static void writeValue(DataOutputStream out, ColumnSpec spec, Object value) throws IOException {
    switch (spec.type()) {
      case BOOL -> out.writeBoolean((Boolean) value);
      case INT64 -> out.writeLong((Long) value);
      case FLOAT64 -> out.writeDouble((Double) value);
      case STRING -> writeBytes(out, ((String) value).getBytes(StandardCharsets.UTF_8));
      case BINARY -> writeBytes(out, Cells.bytes((ByteBuffer) value));
      case VECTOR -> {
        FloatBuffer vector = ((FloatBuffer) value).duplicate();
        while (vector.hasRemaining()) {
          out.writeFloat(vector.get());
        }
      }
    }
  }

  static Object readValue(DataInputStream in, ColumnSpec spec) throws IOException {
    return switch (spec.type()) {
      case BOOL -> in.readBoolean();
      case INT64 -> in.readLong();
      case FLOAT64 -> in.readDouble();
      case STRING -> new String(readBytes(in), StandardCharsets.UTF_8);
      case BINARY -> ByteBuffer.wrap(readBytes(in));
      case VECTOR -> {
        float[] vector = new float[spec.dimension()];
        for (int i = 0; i < vector.length; i++) {
          vector[i] = in.readFloat();
        }
        yield FloatBuffer.wrap(vector);
      }
    };
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new EOFException("a value of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
