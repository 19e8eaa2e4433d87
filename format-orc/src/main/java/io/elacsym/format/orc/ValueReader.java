package io.elacsym.format.orc;

import io.elacsym.api.ElacsymException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.orc.impl.BitFieldReader;
import org.apache.orc.impl.InStream;
import org.apache.orc.impl.PositionProvider;
import org.apache.orc.impl.RunLengthIntegerReaderV2;
import org.apache.orc.impl.SerializationUtils;

/** Decodes values, front to back. For one thread. */
interface ValueReader {
  /** Decodes the next value into an array of the type's. */
  void read(Object array, int at) throws IOException;

  /** Passes over values. */
  void skip(int count) throws IOException;

  /** A stream and where to begin in it. */
  record Start(InStream stream, PositionProvider position) {
    BitFieldReader bits() throws IOException {
      BitFieldReader bits = new BitFieldReader(stream);
      bits.seek(position);
      return bits;
    }

    RunLengthIntegerReaderV2 runs(boolean isSigned) throws IOException {
      RunLengthIntegerReaderV2 runs = new RunLengthIntegerReaderV2(stream, isSigned, false);
      runs.seek(position);
      return runs;
    }

    InStream bytes() throws IOException {
      stream.seek(position);
      return stream;
    }
  }

  /**
   * For every type but vectors.
   *
   * @param streams the type's, in order
   */
  static ValueReader of(LeafType type, Iterator<Start> streams) throws IOException {
    return switch (type) {
      case BOOLEAN -> new OfBooleans(streams.next().bits());
      case LONG -> new OfLongs(streams.next().runs(true));
      case INSTANT -> new OfInstants(streams.next().runs(true), streams.next().runs(false));
      case DOUBLE -> new OfDoubles(streams.next().bytes(), new SerializationUtils());
      case STRING ->
          new OfTexts(new BytesReader(streams.next().bytes(), streams.next().runs(false)));
      case BINARY ->
          new OfBinaries(new BytesReader(streams.next().bytes(), streams.next().runs(false)));
      case FLOAT -> throw new IllegalArgumentException("a vector is not read value by value");
    };
  }

  /** Booleans. */
  record OfBooleans(BitFieldReader data) implements ValueReader {
    @Override
    public void read(Object array, int at) throws IOException {
      ((boolean[]) array)[at] = data.next() == 1;
    }

    @Override
    public void skip(int count) throws IOException {
      data.skip(count);
    }
  }

  /** Whole numbers. */
  record OfLongs(RunLengthIntegerReaderV2 data) implements ValueReader {
    @Override
    public void read(Object array, int at) throws IOException {
      ((long[]) array)[at] = data.next();
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
    public void read(Object array, int at) throws IOException {
      ((long[]) array)[at] = InstantCode.millis(seconds.next(), nanos.next());
    }

    @Override
    public void skip(int count) throws IOException {
      seconds.skip(count);
      nanos.skip(count);
    }
  }

  /** Floating-point numbers. */
  record OfDoubles(InStream data, SerializationUtils numbers) implements ValueReader {
    @Override
    public void read(Object array, int at) throws IOException {
      ((double[]) array)[at] = numbers.readDouble(data);
    }

    @Override
    public void skip(int count) throws IOException {
      numbers.skipDouble(data, count);
    }
  }

  /** Texts. */
  record OfTexts(BytesReader bytes) implements ValueReader {
    @Override
    public void read(Object array, int at) throws IOException {
      ((String[]) array)[at] = new String(bytes.next(), StandardCharsets.UTF_8);
    }

    @Override
    public void skip(int count) throws IOException {
      bytes.skip(count);
    }
  }

  /** Bytes. */
  record OfBinaries(BytesReader bytes) implements ValueReader {
    @Override
    public void read(Object array, int at) throws IOException {
      ((byte[][]) array)[at] = bytes.next();
    }

    @Override
    public void skip(int count) throws IOException {
      bytes.skip(count);
    }
  }

  /** Bytes one after the other, and their lengths. */
  record BytesReader(InStream data, RunLengthIntegerReaderV2 lengths) {
    byte[] next() throws IOException {
      int length = Math.toIntExact(lengths.next());
      byte[] bytes = data.readNBytes(length); // takes memory as it reads, whatever the length says
      if (bytes.length < length) {
        throw ElacsymException.corrupt(
            "a value of the ORC file has " + length + " bytes, only " + bytes.length + " are left");
      }
      return bytes;
    }

    void skip(int count) throws IOException {
      long bytes = 0;
      for (int i = 0; i < count; i++) {
        bytes += lengths.next();
      }
      data.skipNBytes(bytes);
    }
  }
}
