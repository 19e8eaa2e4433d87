package io.elacsym.benchmarks.sets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads the files of a compressed tar archive in their order. */
final class TarGz {
  private static final int BUFFER = 1 << 16;

  private TarGz() {}

  /** Gets each file. */
  interface Visitor {
    /**
     * Called once a file.
     *
     * @param content the file; need not be read to its end, and must not be closed
     */
    void file(String name, InputStream content) throws IOException;
  }

  static void read(Path archive, Visitor visitor) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), BUFFER))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          visitor.file(entry.getName(), tar);
        }
      }
    }
  }
}
