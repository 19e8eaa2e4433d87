package io.elacsym.benchmarks.sets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Reads the files of a compressed tar archive in their order. Enough for what npm packs: names of
 * at most 100 bytes, plain files, sizes in octal digits (POSIX 1003.1, "ustar interchange format").
 */
final class TarGz {
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;

  private TarGz() {}

  /** Gets each file. */
  interface Visitor {
    /**
     * Called once a file.
     *
     * @param content the file; need not be read to its end, nor closed
     */
    void file(String name, InputStream content) throws IOException;
  }

  static void read(Path archive, Visitor visitor) throws IOException {
    try (InputStream in =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), 1 << 16)) {
      byte[] header = new byte[BLOCK];
      while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
        long size = Long.parseLong(text(header, SIZE_AT, SIZE_BYTES), 8);
        Part part = new Part(in, size);
        visitor.file(text(header, 0, NAME_BYTES), part);
        part.skipRest();
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
      }
    }
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8).strip();
  }

  /** The bytes of one file. Closing it leaves the archive open. */
  private static final class Part extends InputStream {
    private final InputStream archive;
    private long left;

    Part(InputStream archive, long left) {
      this.archive = archive;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int at, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int got = archive.read(to, at, (int) Math.min(length, left));
      if (got < 0) {
        throw new IOException("the archive ends within a file");
      }
      left -= got;
      return got;
    }

    void skipRest() throws IOException {
      archive.skipNBytes(left);
      left = 0;
    }
  }
}
