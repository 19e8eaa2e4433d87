package io.elacsym.testing.s3;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A MinIO of our own, as a process on free ports with a temporary folder. Both are gone when it is
 * closed, or when the JVM ends, even if that is killed: a small shell beside it sees to that.
 */
public final class MinioBinary extends S3Server implements AutoCloseable {
  private static final String NAME = "minio";
  private static final Duration START = Duration.ofSeconds(60);
  private static final int TRIES = 3;

  /**
   * A shell script that cleans up when the JVM has ended in whatever way. It reads the id of the
   * process to end, one a line, of which the last counts; an empty line says that no process runs
   * now. Its input ends when the JVM does. Then it kills the process and removes the folder,
   * several times if need be, because a process that is being killed may still write files.
   */
  private static final String WATCHDOG =
      "last=; while read -r pid; do last=$pid; done; [ -z \"$last\" ] || kill -9 \"$last\";"
          + " for i in 1 2 3 4 5 6 7 8 9; do"
          + " rm -rf \"$0\"; sleep 0.2; [ -e \"$0\" ] || break; done";

  private final Path binary;
  private final Path folder;
  private final int consolePort;
  private final Process watchdog;
  private final Writer watched;
  private Process process;

  private MinioBinary(Path binary, String version, Path folder, int port, int consolePort)
      throws IOException, InterruptedException {
    super(
        Kind.BINARY,
        version,
        URI.create("http://127.0.0.1:" + port),
        Minio.REGION,
        Minio.ACCESS_KEY,
        Minio.SECRET_KEY);
    this.binary = binary;
    this.folder = folder;
    this.consolePort = consolePort;
    this.watchdog =
        new ProcessBuilder("sh", "-c", WATCHDOG, folder.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    this.watched = watchdog.outputWriter();
    this.process = launch();
  }

  /**
   * Starts a server that is the caller's alone; empty when there is no {@code minio} on the {@code
   * PATH}, in {@code GOBIN}, in {@code bin} of {@code GOPATH} or in {@code go/bin} of the home
   * folder, or when this is Windows.
   *
   * @throws IllegalStateException when there is a binary that does not start, with its log
   */
  public static Optional<MinioBinary> start() {
    return find()
        .map(binary -> {
          try {
            return start(binary);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while MinIO started", e);
          }
        });
  }

  private static Optional<Path> find() {
    if (File.separatorChar != '/') {
      return Optional.empty(); // no shell to clean up after it
    }
    List<Path> folders = new ArrayList<>();
    folders.addAll(folders("PATH", ""));
    folders.addAll(folders("GOBIN", ""));
    folders.addAll(folders("GOPATH", "bin"));
    folders.add(Path.of(System.getProperty("user.home"), "go", "bin"));
    return folders.stream()
        .map(folder -> folder.resolve(NAME))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static List<Path> folders(String variable, String below) {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault(variable, "").split(File.pathSeparator)) {
      if (!folder.isBlank()) {
        folders.add(Path.of(folder).resolve(below));
      }
    }
    return folders;
  }

  private static MinioBinary start(Path binary) throws IOException, InterruptedException {
    String version = version(binary);
    for (int left = TRIES - 1; ; left--) {
      Path folder = Files.createTempDirectory("elacsym-minio-");
      MinioBinary server = new MinioBinary(binary, version, folder, freePort(), freePort());
      try {
        server.awaitReady();
        return server;
      } catch (IllegalStateException e) {
        server.close();
        if (left == 0) {
          throw e;
        } // else: another process took one of the ports
      }
    }
  }

  /** The first line of {@code minio --version}: {@code minio version RELEASE.2025-09-07 (...)}. */
  private static String version(Path binary) throws IOException {
    Process process =
        new ProcessBuilder(binary.toString(), "--version").redirectErrorStream(true).start();
    try (BufferedReader output = process.inputReader()) {
      String line = Optional.ofNullable(output.readLine()).orElse("");
      return line.replaceFirst("^minio version (\\S+).*$", "MinIO $1");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            binary.toString(),
            "server",
            folder.resolve("data").toString(),
            "--address",
            endpoint().getAuthority(),
            "--console-address",
            "127.0.0.1:" + consolePort,
            "--certs-dir",
            folder.resolve("certs").toString());
    builder.environment().putAll(Minio.ENVIRONMENT);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    Process started = builder.start();
    watch(Long.toString(started.pid()));
    return started;
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!Minio.isReady(endpoint())) {
      boolean ended = process.waitFor(100, TimeUnit.MILLISECONDS);
      if (ended || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            binary
                + (ended ? " ended with " + process.exitValue() : " is not ready after " + START)
                + "; its log:\n"
                + Files.readString(log()));
      }
    }
  }

  /** What the server prints, from its first start on. */
  public Path log() {
    return folder.resolve("log");
  }

  /** The id of the running process, to be stopped and continued, say. */
  public synchronized long pid() {
    return process.pid();
  }

  /** Kills the process as a loss of power would, and keeps its folder. */
  public synchronized void kill() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    watch("");
  }

  /** Kills the process if it is running, and starts it on the same folder and ports. */
  public synchronized void restart() throws IOException, InterruptedException {
    kill();
    process = launch();
    awaitReady();
  }

  private void watch(String pid) throws IOException {
    watched.write(pid + "\n");
    watched.flush();
  }

  /** Kills the process and removes its folder. */
  @Override
  public synchronized void close() {
    try {
      kill();
      watched.close();
      watchdog.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
