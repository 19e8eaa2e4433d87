package io.elacsym.distribution.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes zips as plugins are published. */
final class Packed {
  private Packed() {}

  /** Packs files under the names that are given in turns: name, file, name, file. */
  static Path zip(Path to, Object... namesAndFiles) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(to))) {
      for (int i = 0; i < namesAndFiles.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) namesAndFiles[i]));
        Files.copy((Path) namesAndFiles[i + 1], zip);
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
