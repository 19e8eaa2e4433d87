package io.elacsym.examples.dictionary;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Function;

/** Writes the dictionary to a file: one Elacsym document a line, as JSON. */
final class JsonLinesExport {

  private JsonLinesExport() {}

  static void write(Path file, List<Entry> entries, Function<Entry, float[]> vectors, Screen screen)
      throws IOException {
    // Beside its place, so that what stops halfway leaves the file that was there.
    Path part = file.toAbsolutePath().resolveSibling("." + file.getFileName() + ".part");
    try {
      writeAll(part, entries, vectors, screen);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void writeAll(
      Path file, List<Entry> entries, Function<Entry, float[]> vectors, Screen screen)
      throws IOException {
    try (Progress progress = new Progress(screen, "Exporting", "documents", entries.size());
        Writer writer = Files.newBufferedWriter(file);
        JsonGenerator json = Json.MAPPER.createGenerator(writer)) {
      json.setRootValueSeparator(null);
      for (Entry entry : entries) {
        Json.writeDocument(json, entry, vectors.apply(entry));
        json.writeRaw('\n');
        progress.step(1);
      }
    }
  }
}
