package io.elacsym.distribution.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of the built distribution in a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listens on (http://[^,\" ]+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path directory;
  private final URI url;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServerProcess(Process process, Path directory, URI url) {
    this.process = process;
    this.directory = directory;
    this.url = url;
  }

  /** Starts a server and waits until it listens; a free port is taken unless one is given. */
  static ServerProcess start(Path directory, Map<String, String> environment, String... arguments) {
    Process process = Installation.start(directory, environment, arguments);
    Instant deadline = Instant.now().plusSeconds(Installation.PATIENCE_SECONDS);
    Path log = directory.resolve("err");
    while (true) {
      for (String line : Installation.lines(log)) {
        Matcher listens = LISTENS.matcher(line);
        if (listens.find()) {
          return new ServerProcess(process, directory, URI.create(listens.group(1)));
        }
      }
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        process.destroyForcibly();
        throw new AssertionError("the server did not start: " + Installation.lines(log));
      }
      pause();
    }
  }

  /** Between two looks at a condition that comes from another process. */
  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(20));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  URI url() {
    return url;
  }

  long pid() {
    return process.pid();
  }

  /** The log so far. */
  List<String> log() {
    return Installation.lines(directory.resolve("err"));
  }

  JsonNode call(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  JsonNode get(String path) {
    return call("GET", path, "");
  }

  /** Sends SIGTERM and returns the exit code. */
  int stop() {
    process.destroy();
    return Installation.exitCode(process);
  }

  @Override
  public void close() {
    http.shutdownNow();
    if (process.isAlive()) {
      process.destroyForcibly();
      Installation.exitCode(process);
    }
  }
}
