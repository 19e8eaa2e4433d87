package io.elacsym.benchmarks.sets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.api.index.Metric;
import io.elacsym.benchmarks.measure.Vectors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors to search in and queries that are not among them.
 *
 * @param name such as {@code glove}
 * @param metric how they are compared
 * @param vectors under cosine of length one
 * @param queries as the vectors
 * @param origin what they were made from, in a line
 * @param identity differs between sets that differ in anything that decides about neighbours
 * @param directory of the set's files
 */
public record VectorSet(
    String name,
    Metric metric,
    Vectors vectors,
    List<float[]> queries,
    String origin,
    String identity,
    Path directory) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public VectorSet {
    queries = List.copyOf(queries);
  }

  /**
   * Opens a set that {@code bench data} has made. Its vectors are mapped, not read.
   *
   * @param data the data directory
   * @param mostVectors the rest is left out
   * @param mostQueries the rest is left out
   */
  public static VectorSet open(Path data, String name, int mostVectors, int mostQueries)
      throws IOException {
    SetFiles files = SetFiles.of(data, name);
    if (!Files.exists(files.head())) {
      throw new IOException(
          "there is no " + files.head() + "; `bench data --set " + name + "` makes it");
    }
    JsonNode head = JSON.readTree(files.head().toFile());
    int dimension = head.path("dimension").asInt();
    Vectors all = map(files.vectors(), dimension, head.path("vectors").asInt());
    Vectors queries = map(files.queries(), dimension, head.path("queries").asInt());
    int count = Math.min(mostVectors, all.count());
    int asked = Math.min(mostQueries, queries.count());
    List<float[]> some = new ArrayList<>();
    for (int q = 0; q < asked; q++) {
      some.add(queries.get(q));
    }
    String metric = head.path("metric").asText();
    return new VectorSet(
        name,
        Metric.byId(metric).orElseThrow(() -> new IOException("unknown metric " + metric)),
        all.first(count),
        some,
        head.path("origin").asText(),
        String.join(
            ", ",
            metric,
            dimension + " d",
            count + " of " + head.path("vectors_crc32c").asText(),
            asked + " of " + head.path("queries_crc32c").asText(),
            head.path("origin").asText()),
        files.directory());
  }

  private static Vectors map(Path file, int dimension, int count) throws IOException {
    long expected = (long) count * dimension * Float.BYTES;
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() != expected) {
        throw new IOException(
            file
                + " has "
                + channel.size()
                + " bytes, expected "
                + expected
                + "; make the set again by `bench data --set`");
      }
      return new Vectors(
          plain(channel.map(MapMode.READ_ONLY, 0, expected, Arena.global())), dimension);
    }
  }

  /**
   * The same memory as another kind of segment: kernels that see mapped and native segments at one
   * place are compiled for both, and would be slower than in a server, which has one kind.
   */
  @SuppressWarnings("restricted")
  private static MemorySegment plain(MemorySegment mapped) {
    return MemorySegment.ofAddress(mapped.address()).reinterpret(mapped.byteSize());
  }

  /** The first vectors, with all queries. */
  public VectorSet first(int count) {
    Vectors some = vectors.first(Math.min(count, count()));
    String other = "first " + some.count() + " of " + identity;
    return new VectorSet(name, metric, some, queries, origin, other, directory);
  }

  public int dimension() {
    return vectors.dimension();
  }

  public int count() {
    return vectors.count();
  }

  /** Where all vectors of the set lie, also those left out, as little-endian floats. */
  public Path vectorsFile() {
    return new SetFiles(directory).vectors();
  }

  /** Where all queries lie, likewise. */
  public Path queriesFile() {
    return new SetFiles(directory).queries();
  }
}
