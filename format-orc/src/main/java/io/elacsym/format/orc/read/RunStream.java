package io.elacsym.format.orc.read;

import java.io.EOFException;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.orc.impl.InStream;
import org.apache.orc.impl.PositionProvider;
import org.apache.orc.storage.common.io.DiskRangeList;

/**
 * Bytes as the library's decoders of runs want them. Its own streams answer -1 where bytes are
 * missing within a run, and its decoders go on with that for minutes; this one fails. For one
 * thread.
 */
final class RunStream extends InStream {
  private final ByteReader reader;

  /**
   * @param reader from the chunk or byte on that will be sought first
   */
  RunStream(String name, ByteReader reader) {
    super(name, 0, 0);
    this.reader = reader;
  }

  /** Goes to where the bytes begin, the only place to go to. */
  @Override
  public void seek(PositionProvider index) {
    index.getNext();
    if (reader.hasChunks()) {
      reader.skip(index.getNext());
    }
  }

  /**
   * @throws EOFException at the end
   */
  @Override
  public int read() throws IOException {
    return reader.readByte();
  }

  /**
   * @throws EOFException at the end
   */
  @Override
  public int read(byte[] to, int offset, int most) throws IOException {
    return most == 0 ? 0 : reader.read(to, offset, most);
  }

  /** More than 0 unless at the end. */
  @Override
  public int available() throws IOException {
    return reader.hasNext() ? 1 : 0;
  }

  @Override
  protected void setCurrent(DiskRangeList range, boolean isJump) {}

  @Override
  public void changeIv(Consumer<byte[]> modifier) {}

  @Override
  public void close() {}
}
