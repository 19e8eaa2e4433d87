package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.api.blob.BlobSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes numbers to a blob through one buffer. {@link #flush} at the end. */
final class LittleEndianSink {
  private final BlobSink sink;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 18).order(ByteOrder.LITTLE_ENDIAN);

  LittleEndianSink(BlobSink sink) {
    this.sink = sink;
  }

  void bytes(byte[] bytes) {
    room(bytes.length);
    buffer.put(bytes);
  }

  void u32(int value) {
    room(Integer.BYTES);
    buffer.putInt(value);
  }

  void u64(long value) {
    room(Long.BYTES);
    buffer.putLong(value);
  }

  void f32(float value) {
    room(Float.BYTES);
    buffer.putFloat(value);
  }

  /** {@code values[at..at+length)}; at most 65,536 of them. */
  void f32s(float[] values, int at, int length) {
    room(Float.BYTES * length);
    buffer.asFloatBuffer().put(values, at, length);
    buffer.position(buffer.position() + Float.BYTES * length);
  }

  void flush() {
    sink.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  private void room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }
}
