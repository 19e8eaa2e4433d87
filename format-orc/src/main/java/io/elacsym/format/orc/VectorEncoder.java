package io.elacsym.format.orc;

import io.elacsym.api.segment.Column;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.apache.orc.OrcProto.Stream;
import org.apache.orc.impl.OutStream;
import org.apache.orc.impl.PositionRecorder;

/**
 * Writes the floats of vectors, a vector at a time. The least and the largest component mean
 * nothing, so there are no statistics but how many there are.
 */
final class VectorEncoder implements StreamEncoder {
  private final int dimension;
  private final OutStream data;
  private final ValueStatistics.OfCounts statistics = new ValueStatistics.OfCounts();
  private final byte[] bytes;
  private final FloatBuffer floats;

  /**
   * @param id the ORC column of the floats
   */
  VectorEncoder(int dimension, int id, StripeStreams streams) {
    this.dimension = dimension;
    this.data = streams.createOriginal(id, Stream.Kind.DATA);
    this.bytes = new byte[Math.multiplyExact(Float.BYTES, dimension)];
    this.floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  /** Adds the vector of a row. */
  void add(Column column, int row) throws IOException {
    floats.put(0, column.floats(), row * dimension, dimension);
    data.write(bytes, 0, bytes.length);
    statistics.count(dimension);
  }

  ValueStatistics statistics() {
    return statistics;
  }

  @Override
  public void position(PositionRecorder to) throws IOException {
    data.getPosition(to);
  }

  @Override
  public void flush() throws IOException {
    data.flush();
  }
}
