package io.elacsym.distribution.thirdparty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own. */
final class RunningElacsym implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listens on (http://[^,\" ]+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final URI url;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningElacsym(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Starts a server and waits for the line in which it says where it listens. */
  static RunningElacsym start(Installed installed, Path config) throws IOException {
    return listening(installed.start("server", "--config", config.toString()));
  }

  /** The same with a cleared environment. */
  static RunningElacsym startWithoutJava(Installed installed, Path config) throws IOException {
    return listening(installed.startWithoutJava("server", "--config", config.toString()));
  }

  private static RunningElacsym listening(Process process) throws IOException {
    BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      lines.add(line);
      Matcher listens = LISTENS.matcher(line);
      if (listens.find()) {
        Thread.ofVirtual().start(() -> drain(log));
        return new RunningElacsym(process, URI.create(listens.group(1)));
      }
    }
    throw new AssertionError("the server did not start: " + String.join("\n", lines));
  }

  /** A full pipe would stop the server. */
  private static void drain(BufferedReader log) {
    try {
      log.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // The process has ended, and its pipe with it.
    }
  }

  /** The program that the process runs. */
  String command() {
    return process.info().command().orElseThrow();
  }

  /** An answer and its status. */
  record Answer(int status, JsonNode body) {}

  Answer call(String method, String path, JsonNode body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  /** Stops it as an operator does, and waits for its end. */
  @Override
  public void close() {
    http.shutdownNow();
    process.destroy();
    process.onExit().join();
  }
}
