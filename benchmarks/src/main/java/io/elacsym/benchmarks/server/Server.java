package io.elacsym.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server process with data of its own. */
public final class Server implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listens on (http://[^,\" ]+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Path directory;
  private final URI url;

  private Server(Process process, Path directory, URI url) {
    this.process = process;
    this.directory = directory;
    this.url = url;
  }

  /**
   * Starts a server on a free port and waits until it listens.
   *
   * @param directory for its data, cache and log
   * @param vectorIndex the index that new segments get
   * @param options more environment variables, such as {@code ELACSYM_JAVA_OPTS}
   */
  public static Server start(
      Installation installation, Path directory, String vectorIndex, Map<String, String> options)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path log = directory.resolve("server.log");
    Map<String, String> environment = new HashMap<>(options);
    environment.put("ELACSYM_HOST", "127.0.0.1");
    environment.put("ELACSYM_PORT", "0");
    environment.put("ELACSYM_STORAGE_PATH", storage(directory).toString());
    environment.put("ELACSYM_CACHE_DISK_PATH", directory.resolve("cache").toString());
    environment.put("ELACSYM_INDEX_VECTOR", vectorIndex);
    Process process =
        installation
            .command(environment, List.of("server"))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Instant deadline = Instant.now().plus(PATIENCE);
    while (process.isAlive() && Instant.now().isBefore(deadline)) {
      Matcher listens = LISTENS.matcher(Files.readString(log));
      if (listens.find()) {
        return new Server(process, directory, URI.create(listens.group(1)));
      }
      Thread.sleep(20);
    }
    process.destroyForcibly();
    throw new IOException("the server did not start, see " + log);
  }

  private static Path storage(Path directory) {
    return directory.toAbsolutePath().resolve("storage");
  }

  public URI url() {
    return url;
  }

  /**
   * Bytes on disk by the last part of the object's name ({@code parquet}, {@code ivf}, {@code
   * bm25}, ...), of the newest segment only: what older ones left is deleted a while after their
   * merge.
   */
  public SortedMap<String, Long> newestSegmentBytes(String namespace) throws IOException {
    SortedMap<String, Long> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(storage(directory).resolve(namespace))) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      // Ids start with the time, so that the newest is the greatest.
      String newest =
          all.stream()
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".envelope"))
              .max(Comparator.naturalOrder())
              .orElseThrow(() -> new IOException(namespace + " has no segment"))
              .replace(".envelope", "");
      for (Path file : all) {
        if (file.toString().contains(newest)) {
          String name = file.getFileName().toString();
          bytes.merge(name.substring(name.lastIndexOf('.') + 1), size(file), Long::sum);
        }
      }
    }
    return bytes;
  }

  /** All bytes on disk, with what waits to be deleted. */
  public long diskBytes(String namespace) throws IOException {
    try (Stream<Path> files = Files.walk(storage(directory).resolve(namespace))) {
      return files.filter(Files::isRegularFile).mapToLong(Server::size).sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      // Deleted since it was listed, which is what the server does with old objects.
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A figure of {@code /proc/<pid>/status} in bytes, such as {@code VmRSS}; 0 without such a file.
   */
  public long memoryBytes(String key) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }

  /** CPU time of the process so far. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Stops it as users do and waits for its end. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
