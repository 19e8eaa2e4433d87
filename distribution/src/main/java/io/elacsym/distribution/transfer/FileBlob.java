package io.elacsym.distribution.transfer;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** A file of the local file system as a plugin reads it. */
final class FileBlob implements BlobSource {
  private final Path path;
  private final MemorySegment bytes;

  private FileBlob(Path path, MemorySegment bytes) {
    this.path = path;
    this.bytes = bytes.asReadOnly();
  }

  static FileBlob open(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      return new FileBlob(
          path, file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), Arena.ofAuto()));
    }
  }

  @Override
  public long size() {
    return bytes.byteSize();
  }

  @Override
  public List<MemorySegment> readAll(List<ByteRange> ranges) {
    return ranges.stream().map(this::slice).toList();
  }

  private MemorySegment slice(ByteRange range) {
    if (range.end() > size()) {
      throw ElacsymException.corrupt(
          path + " has " + size() + " bytes, but bytes up to " + range.end() + " are referred to");
    }
    return bytes.asSlice(range.offset(), range.length());
  }
}
