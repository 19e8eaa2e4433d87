package io.elacsym.format.orc.write;

import io.elacsym.api.blob.BlobSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.orc.OrcProto.Stream;
import org.apache.orc.PhysicalWriter.OutputReceiver;

/**
 * The bytes of one stream that are encoded and compressed, but not in the file yet. It is filled
 * anew for every stripe. For one thread.
 */
final class StreamBytes implements OutputReceiver {
  private final int column;
  private final Stream.Kind kind;
  private final List<ByteBuffer> buffers = new ArrayList<>();
  private long size;
  private boolean suppressed;

  /**
   * @param column the ORC column
   */
  StreamBytes(int column, Stream.Kind kind) {
    this.column = column;
    this.kind = kind;
  }

  @Override
  public void output(ByteBuffer buffer) {
    if (!suppressed) {
      buffers.add(buffer); // the library hands over a new one each time
      size += buffer.remaining();
    }
  }

  @Override
  public void suppress() {
    clear();
    suppressed = true;
  }

  /** Begins the next stripe. */
  void clear() {
    buffers.clear();
    size = 0;
    suppressed = false;
  }

  boolean isSuppressed() {
    return suppressed;
  }

  long size() {
    return size;
  }

  int column() {
    return column;
  }

  Stream.Kind kind() {
    return kind;
  }

  Stream describe() {
    return Stream.newBuilder().setColumn(column).setKind(kind).setLength(size).build();
  }

  void writeTo(BlobSink sink) {
    for (ByteBuffer buffer : buffers) {
      sink.write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
    }
  }
}
