package io.elacsym.format.orc.read;

import io.elacsym.api.segment.ColumnBuilder;
import io.elacsym.format.orc.layout.InstantCode;
import io.elacsym.format.orc.layout.LeafType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.orc.impl.BitFieldReader;
import org.apache.orc.impl.RunLengthIntegerReaderV2;

/** Decodes values, front to back. For one thread. */
interface ValueReader {
  /** Decodes the next value into a column. */
  void read(ColumnBuilder to) throws IOException;

  /** Passes over values. */
  void skip(int count) throws IOException;

  /**
   * For every type but vectors.
   *
   * @param streams the type's, in order
   */
  static ValueReader of(LeafType type, Iterator<IndexedStream.Loaded> streams) throws IOException {
    return switch (type) {
      case BOOLEAN -> new OfBooleans(streams.next().bits());
      case LONG -> new OfLongs(streams.next().runs(true));
      case INSTANT -> new OfInstants(streams.next().runs(true), streams.next().runs(false));
      case DOUBLE -> new OfDoubles(streams.next().reader());
      case STRING ->
          new OfTexts(new BytesReader(streams.next().reader(), streams.next().runs(false)));
      case BINARY ->
          new OfBinaries(new BytesReader(streams.next().reader(), streams.next().runs(false)));
      case FLOAT -> throw new IllegalArgumentException("a vector is not read value by value");
    };
  }

  record OfBooleans(BitFieldReader data) implements ValueReader {
    @Override
    public void read(ColumnBuilder to) throws IOException {
      to.add(data.next() == 1);
    }

    @Override
    public void skip(int count) throws IOException {
      data.skip(count);
    }
  }

  record OfLongs(RunLengthIntegerReaderV2 data) implements ValueReader {
    @Override
    public void read(ColumnBuilder to) throws IOException {
      to.add(data.next());
    }

    @Override
    public void skip(int count) throws IOException {
      data.skip(count);
    }
  }

  /** Instants, as milliseconds. */
  record OfInstants(RunLengthIntegerReaderV2 seconds, RunLengthIntegerReaderV2 nanos)
      implements ValueReader {
    @Override
    public void read(ColumnBuilder to) throws IOException {
      to.add(InstantCode.millis(seconds.next(), nanos.next()));
    }

    @Override
    public void skip(int count) throws IOException {
      seconds.skip(count);
      nanos.skip(count);
    }
  }

  record OfDoubles(ByteReader data) implements ValueReader {
    @Override
    public void read(ColumnBuilder to) throws IOException {
      to.add(Double.longBitsToDouble(data.readLong()));
    }

    @Override
    public void skip(int count) {
      data.skip((long) count * Double.BYTES);
    }
  }

  record OfTexts(BytesReader bytes) implements ValueReader {
    @Override
    public void read(ColumnBuilder to) throws IOException {
      to.add(new String(bytes.next(), StandardCharsets.UTF_8));
    }

    @Override
    public void skip(int count) throws IOException {
      bytes.skip(count);
    }
  }

  record OfBinaries(BytesReader bytes) implements ValueReader {
    @Override
    public void read(ColumnBuilder to) throws IOException {
      to.add(bytes.next());
    }

    @Override
    public void skip(int count) throws IOException {
      bytes.skip(count);
    }
  }

  /** Bytes one after the other, and their lengths. */
  record BytesReader(ByteReader data, RunLengthIntegerReaderV2 lengths) {
    byte[] next() throws IOException {
      return data.read(Math.toIntExact(lengths.next()));
    }

    void skip(int count) throws IOException {
      long bytes = 0;
      for (int i = 0; i < count; i++) {
        bytes += lengths.next();
      }
      data.skip(bytes);
    }
  }
}
