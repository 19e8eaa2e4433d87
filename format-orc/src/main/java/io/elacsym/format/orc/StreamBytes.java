package io.elacsym.format.orc;

import io.elacsym.api.blob.BlobSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.orc.OrcProto;
import org.apache.orc.PhysicalWriter.OutputReceiver;

/** The encoded and compressed bytes of a stream that is not in the file yet. For one thread. */
final class StreamBytes implements OutputReceiver {
  private final int column;
  private final OrcProto.Stream.Kind kind;
  private final List<ByteBuffer> buffers = new ArrayList<>();
  private long size;
  private boolean suppressed;

  /**
   * @param column the ORC column
   */
  StreamBytes(int column, OrcProto.Stream.Kind kind) {
    this.column = column;
    this.kind = kind;
  }

  @Override
  public void output(ByteBuffer buffer) {
    buffers.add(buffer); // a new one each time
    size += buffer.remaining();
  }

  @Override
  public void suppress() {
    suppressed = true;
    buffers.clear();
    size = 0;
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

  OrcProto.Stream.Kind kind() {
    return kind;
  }

  OrcProto.Stream describe() {
    return OrcProto.Stream.newBuilder().setColumn(column).setKind(kind).setLength(size).build();
  }

  void writeTo(BlobSink sink) {
    for (ByteBuffer buffer : buffers) {
      sink.write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
    }
  }
}
