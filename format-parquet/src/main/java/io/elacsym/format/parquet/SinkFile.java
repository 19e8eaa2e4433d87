package io.elacsym.format.parquet;

import io.elacsym.api.blob.BlobSink;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A blob sink as the file that Parquet writes. The host owns the sink: closing does nothing. */
record SinkFile(BlobSink sink) implements OutputFile {
  @Override
  public PositionOutputStream create(long blockSizeHint) {
    long start = sink.position();
    return new PositionOutputStream() {
      @Override
      public long getPos() {
        return sink.position() - start;
      }

      @Override
      public void write(int b) {
        sink.write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        sink.write(bytes, offset, length);
      }
    };
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }
}
