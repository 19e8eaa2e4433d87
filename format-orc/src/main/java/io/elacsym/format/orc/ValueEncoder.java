package io.elacsym.format.orc;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.orc.OrcProto.Stream;
import org.apache.orc.impl.BitFieldWriter;
import org.apache.orc.impl.OutStream;
import org.apache.orc.impl.PositionRecorder;
import org.apache.orc.impl.RunLengthIntegerWriterV2;
import org.apache.orc.impl.SerializationUtils;

/** Encodes the values of one column, or the elements of its lists. For one thread. */
abstract class ValueEncoder implements StreamEncoder {
  /** Adds a value of a column's array. */
  abstract void add(Column column, int index) throws IOException;

  abstract ValueStatistics statistics();

  /**
   * For every type but vectors.
   *
   * @param id the ORC column of the values
   */
  static ValueEncoder of(ColumnSpec spec, int id, StripeStreams streams) throws IOException {
    return switch (LeafType.of(spec)) {
      case BOOLEAN -> new OfBooleans(id, streams);
      case LONG -> new OfLongs(id, streams);
      case INSTANT -> new OfInstants(id, streams);
      case DOUBLE -> new OfDoubles(id, streams);
      case STRING -> new OfTexts(id, streams);
      case BINARY -> new OfBinaries(spec, id, streams);
      case FLOAT -> throw new IllegalArgumentException("a vector is not written value by value");
    };
  }

  /** Whole numbers in runs, whose bit widths are those that are fast to read. */
  private static RunLengthIntegerWriterV2 runs(OutStream to, boolean isSigned) {
    return new RunLengthIntegerWriterV2(to, isSigned, true);
  }

  /** The lengths of lists. */
  static RunLengthIntegerWriterV2 lengths(int id, StripeStreams streams) {
    return runs(streams.create(id, Stream.Kind.LENGTH), false);
  }

  private static final class OfBooleans extends ValueEncoder {
    private final BitFieldWriter data;
    private final ValueStatistics.OfBooleans statistics = new ValueStatistics.OfBooleans();

    OfBooleans(int id, StripeStreams streams) throws IOException {
      data = new BitFieldWriter(streams.create(id, Stream.Kind.DATA), 1);
    }

    @Override
    void add(Column column, int index) throws IOException {
      boolean value = column.booleans()[index];
      data.write(value ? 1 : 0);
      statistics.add(value);
    }

    @Override
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

  private static final class OfLongs extends ValueEncoder {
    private final RunLengthIntegerWriterV2 data;
    private final ValueStatistics.OfLongs statistics = new ValueStatistics.OfLongs(false);

    OfLongs(int id, StripeStreams streams) {
      data = runs(streams.create(id, Stream.Kind.DATA), true);
    }

    @Override
    void add(Column column, int index) throws IOException {
      long value = column.longs()[index];
      data.write(value);
      statistics.add(value);
    }

    @Override
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

  private static final class OfInstants extends ValueEncoder {
    private final RunLengthIntegerWriterV2 seconds;
    private final RunLengthIntegerWriterV2 nanos;
    private final ValueStatistics.OfLongs statistics = new ValueStatistics.OfLongs(true);

    OfInstants(int id, StripeStreams streams) {
      seconds = runs(streams.create(id, Stream.Kind.DATA), true);
      nanos = runs(streams.create(id, Stream.Kind.SECONDARY), false);
    }

    @Override
    void add(Column column, int index) throws IOException {
      long millis = column.longs()[index];
      seconds.write(InstantCode.seconds(millis));
      nanos.write(InstantCode.nanos(millis));
      statistics.add(millis);
    }

    @Override
    ValueStatistics statistics() {
      return statistics;
    }

    @Override
    public void position(PositionRecorder to) throws IOException {
      seconds.getPosition(to);
      nanos.getPosition(to);
    }

    @Override
    public void flush() throws IOException {
      seconds.flush();
      nanos.flush();
    }
  }

  private static final class OfDoubles extends ValueEncoder {
    private final SerializationUtils numbers = new SerializationUtils();
    private final OutStream data;
    private final ValueStatistics.OfDoubles statistics = new ValueStatistics.OfDoubles();

    OfDoubles(int id, StripeStreams streams) {
      data = streams.create(id, Stream.Kind.DATA);
    }

    @Override
    void add(Column column, int index) throws IOException {
      double value = column.doubles()[index];
      numbers.writeDouble(data, value);
      statistics.add(value);
    }

    @Override
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

  /** Bytes one after the other, and their lengths. */
  private abstract static class OfBytes extends ValueEncoder {
    private final OutStream data;
    private final RunLengthIntegerWriterV2 lengths;

    OfBytes(int id, StripeStreams streams) {
      data = streams.create(id, Stream.Kind.DATA);
      lengths = lengths(id, streams);
    }

    final void write(byte[] bytes) throws IOException {
      data.write(bytes, 0, bytes.length);
      lengths.write(bytes.length);
    }

    @Override
    public final void position(PositionRecorder to) throws IOException {
      data.getPosition(to);
      lengths.getPosition(to);
    }

    @Override
    public final void flush() throws IOException {
      data.flush();
      lengths.flush();
    }
  }

  private static final class OfTexts extends OfBytes {
    private final ValueStatistics.OfTexts statistics = new ValueStatistics.OfTexts();

    OfTexts(int id, StripeStreams streams) {
      super(id, streams);
    }

    @Override
    void add(Column column, int index) throws IOException {
      byte[] bytes = column.strings()[index].getBytes(StandardCharsets.UTF_8);
      write(bytes);
      statistics.add(bytes);
    }

    @Override
    ValueStatistics statistics() {
      return statistics;
    }
  }

  private static final class OfBinaries extends OfBytes {
    private final ColumnSpec spec;
    private final ValueStatistics.OfCounts statistics = new ValueStatistics.OfCounts();

    OfBinaries(ColumnSpec spec, int id, StripeStreams streams) {
      super(id, streams);
      this.spec = spec;
    }

    @Override
    void add(Column column, int index) throws IOException {
      byte[] bytes = column.binaries()[index];
      if (OrcSchema.isUuid(spec) && bytes.length != OrcSchema.UUID_BYTES) {
        throw ElacsymException.invalid(
            "a value of the uuid column '"
                + spec.name()
                + "' has "
                + bytes.length
                + " bytes, expected "
                + OrcSchema.UUID_BYTES);
      }
      write(bytes);
      statistics.count();
    }

    @Override
    ValueStatistics statistics() {
      return statistics;
    }
  }
}
