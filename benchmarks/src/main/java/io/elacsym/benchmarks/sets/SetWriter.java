package io.elacsym.benchmarks.sets;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.api.index.Metric;
import io.elacsym.benchmarks.measure.Progress;
import io.elacsym.benchmarks.measure.Vectors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/** Writes the files of a set, on all cores. */
final class SetWriter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BLOCK = 1_024;

  /** What has to stay free on a disk: other programs need some, and indexes are built there. */
  private static final long SPARE_BYTES = 1L << 30;

  private final SetFiles files;
  private final Metric metric;
  private final int dimension;

  SetWriter(SetFiles files, Metric metric, int dimension) {
    this.files = files;
    this.metric = metric;
    this.dimension = dimension;
  }

  /** Replaces the set, if there is one. */
  void write(String name, Drawn drawn) throws IOException {
    Files.createDirectories(files.directory());
    Files.deleteIfExists(files.head());
    Files.deleteIfExists(files.vectors());
    requireSpace(drawn);
    int vectorsCheck = write(files.vectors(), drawn.vectors());
    int queriesCheck = write(files.queries(), drawn.queries());
    ObjectNode head =
        JSON.createObjectNode()
            .put("name", name)
            .put("metric", metric.id())
            .put("dimension", dimension)
            .put("vectors", drawn.vectors().count())
            .put("queries", drawn.queries().count())
            .put("origin", drawn.origin())
            .put("vectors_crc32c", hex(vectorsCheck))
            .put("queries_crc32c", hex(queriesCheck));
    Files.write(files.head(), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(head));
  }

  private void requireSpace(Drawn drawn) throws IOException {
    long needed = (long) drawn.vectors().count() * dimension * Float.BYTES;
    long free = Files.getFileStore(files.directory()).getUsableSpace();
    if (needed + SPARE_BYTES > free) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%,d vectors of %d dimensions take %.1f GB, and %.1f GB are free at %s; ask for"
                  + " fewer by --documents, or name a larger disk by --data",
              drawn.vectors().count(),
              dimension,
              needed / 1e9,
              free / 1e9,
              files.directory()));
    }
  }

  private int write(Path file, Rows rows) throws IOException {
    long rowBytes = (long) dimension * Float.BYTES;
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        Arena arena = Arena.ofShared()) {
      MemorySegment all = channel.map(MapMode.READ_WRITE, 0, rows.count() * rowBytes, arena);
      Progress progress = new Progress(System.err, file.getFileName().toString(), rows.count());
      int blocks = (rows.count() + BLOCK - 1) / BLOCK;
      IntStream.range(0, blocks)
          .parallel()
          .forEach(block -> {
            int from = block * BLOCK;
            int to = Math.min(rows.count(), from + BLOCK);
            float[] row = new float[dimension];
            for (int i = from; i < to; i++) {
              rows.copy(i, row);
              finish(row);
              MemorySegment.copy(row, 0, all, Vectors.FLOAT, i * rowBytes, dimension);
            }
            progress.add(to - from);
          });
      return check(all, (long) BLOCK * rowBytes);
    }
  }

  /** Under cosine only directions count, so that all contenders get the same unit vectors. */
  private void finish(float[] row) {
    if (metric != Metric.COSINE) {
      return;
    }
    double square = 0;
    for (float component : row) {
      square += (double) component * component;
    }
    if (!(square > 0)) {
      throw new IllegalArgumentException(
          "a vector of length " + Math.sqrt(square) + " has no cosine");
    }
    float factor = (float) (1 / Math.sqrt(square));
    for (int i = 0; i < row.length; i++) {
      row[i] *= factor;
    }
  }

  private static int check(MemorySegment all, long step) {
    CRC32C check = new CRC32C();
    for (long at = 0; at < all.byteSize(); at += step) {
      check.update(all.asSlice(at, Math.min(step, all.byteSize() - at)).asByteBuffer());
    }
    return (int) check.getValue();
  }

  private static String hex(int check) {
    return HexFormat.of().toHexDigits(check);
  }
}
