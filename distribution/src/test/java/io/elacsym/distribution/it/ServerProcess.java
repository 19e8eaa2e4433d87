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
public final class ServerProcess implements AutoCloseable {
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
  public static ServerProcess start(
      Path directory, Map<String, String> environment, String... arguments) {
    return start(Installation.LAUNCHER, directory, environment, arguments);
  }

  /** The same with another launcher. */
  public static ServerProcess start(
      List<String> launcher, Path directory, Map<String, String> environment, String... arguments) {
    Process process = Installation.start(launcher, directory, environment, arguments);
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

  public URI url() {
    return url;
  }

  public long pid() {
    return process.pid();
  }

  /** The log so far. */
  public List<String> log() {
    return Installation.lines(directory.resolve("err"));
  }

  /** An answer of the server. */
  public record Answer(int status, String body) {
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + body, e);
      }
    }
  }

  /**
   * Sends a request.
   *
   * @throws IOException when there was no answer: nobody knows what has become of the request
   */
  public Answer send(String method, String path, String body) throws IOException {
    return send(method, path, body, Duration.ofSeconds(Installation.PATIENCE_SECONDS));
  }

  /** The same for a caller that waits no longer than a while for the answer. */
  public Answer send(String method, String path, String body, Duration patience)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(patience)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public JsonNode call(String method, String path, String body) {
    try {
      return send(method, path, body).json();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public JsonNode get(String path) {
    return call("GET", path, "");
  }

  /** Sends SIGTERM and returns the exit code. */
  public int stop() {
    process.destroy();
    return Installation.exitCode(process);
  }

  /** Waits until the process has ended by itself, and returns the exit code. */
  public int awaitEnd() {
    return Installation.exitCode(process);
  }

  /** Sends SIGSTOP: the process does nothing any more, and does not know it. */
  public void suspend() {
    signal("STOP");
  }

  /** Sends SIGCONT: the process goes on where it was. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
      if (Installation.exitCode(kill) != 0) {
        throw new AssertionError("kill -" + name + " " + pid() + " failed");
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends SIGKILL and waits for the end. */
  public void kill() {
    process.destroyForcibly();
    Installation.exitCode(process);
  }

  @Override
  public void close() {
    kill();
    http.shutdownNow();
  }
}
