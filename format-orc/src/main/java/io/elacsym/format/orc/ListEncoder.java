package io.elacsym.format.orc;

import java.io.IOException;
import org.apache.orc.impl.PositionRecorder;
import org.apache.orc.impl.RunLengthIntegerWriterV2;

/** Writes how many elements lists have. */
final class ListEncoder implements StreamEncoder {
  private final RunLengthIntegerWriterV2 lengths;
  private final ValueStatistics.OfCounts statistics = new ValueStatistics.OfCounts();

  /**
   * @param id the ORC column of the lists
   */
  ListEncoder(int id, StripeStreams streams) {
    this.lengths = ValueEncoder.lengths(id, streams);
  }

  void add(int length) throws IOException {
    lengths.write(length);
    statistics.count();
  }

  ValueStatistics statistics() {
    return statistics;
  }

  @Override
  public void position(PositionRecorder to) throws IOException {
    lengths.getPosition(to);
  }

  @Override
  public void flush() throws IOException {
    lengths.flush();
  }
}
