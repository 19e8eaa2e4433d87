package io.elacsym.examples.dictionary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * The few calls of Elacsym's HTTP API this program needs, with nothing but the JDK's client.
 *
 * <p>An overloaded server says 429 or 503 and in how many seconds to come back: the call waits and
 * tries again, so callers only see what is final. Calls block; they may come from many threads.
 */
final class ElacsymClient implements AutoCloseable {

  private static final int MOST_ATTEMPTS = 10;
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(2);

  private final URI server;
  private final HttpClient http;

  /**
   * A client of one server.
   *
   * @param server its base address, such as {@code http://127.0.0.1:3000}
   */
  ElacsymClient(URI server) {
    this.server = server;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /** Creates a namespace; false if one of that name is there already. */
  boolean create(String namespace, JsonNode schema) throws InterruptedException {
    JsonNode body = Json.object().set("schema", schema);
    HttpResponse<String> response =
        send("PUT", path(namespace, ""), Json.write(body).getBytes(StandardCharsets.UTF_8));
    if (response.statusCode() == 409) {
      return false;
    }
    json(response);
    return true;
  }

  /** What the server says about a namespace: its schema and statistics; empty if there is none. */
  Optional<JsonNode> describe(String namespace) throws InterruptedException {
    HttpResponse<String> response = send("GET", path(namespace, ""), new byte[0]);
    return response.statusCode() == 404 ? Optional.empty() : Optional.of(json(response));
  }

  /**
   * Inserts or replaces documents.
   *
   * @param body {@code {"documents":[..]}} in UTF-8
   */
  void upsert(String namespace, byte[] body) throws InterruptedException {
    json(send("POST", path(namespace, "/upsert"), body));
  }

  /** Runs a query and returns the whole answer: {@code {"results":[..],"took_ms":..}}. */
  JsonNode query(String namespace, JsonNode query) throws InterruptedException {
    return json(
        send(
            "POST", path(namespace, "/query"), Json.write(query).getBytes(StandardCharsets.UTF_8)));
  }

  /** The address of a namespace, or of what lies under it. */
  URI path(String namespace, String below) {
    String base = server.toString();
    String slashless = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return URI.create(slashless + "/v1/namespaces/" + namespace + below);
  }

  private HttpResponse<String> send(String method, URI address, byte[] body)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(REQUEST_TIMEOUT)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .build();
    Duration wait = FIRST_WAIT;
    for (int attempt = 1; ; attempt++) {
      HttpResponse<String> response = sendOnce(request);
      boolean busy = response.statusCode() == 429 || response.statusCode() == 503;
      if (!busy || attempt == MOST_ATTEMPTS) {
        return response;
      }
      Thread.sleep(retryAfter(response).orElse(wait));
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private HttpResponse<String> sendOnce(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Failure(
          "No answer from Elacsym at "
              + server
              + " ("
              + e.getClass().getSimpleName()
              + (e.getMessage() == null ? "" : ": " + e.getMessage())
              + "). Is it running? `elacsym server` starts one; --server names its address.",
          e);
    }
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,5}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .map(asked -> asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT);
  }

  private static JsonNode json(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw new Failure(describeError(response));
    }
    try {
      return Json.MAPPER.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new Failure(
          "The server at " + response.uri() + " answered something that is not JSON.", e);
    }
  }

  private static String describeError(HttpResponse<String> response) {
    String said = response.body();
    try {
      JsonNode error = Json.MAPPER.readTree(response.body()).path("error");
      if (error.hasNonNull("message")) {
        said = error.path("code").asText("error") + ": " + error.path("message").asText();
      }
    } catch (JsonProcessingException e) {
      // Not Elacsym's error form, perhaps a proxy's: the raw text is the best there is.
    }
    return response.request().method()
        + " "
        + response.uri()
        + " failed with status "
        + response.statusCode()
        + ": "
        + said.strip();
  }

  @Override
  public void close() {
    http.close();
  }
}
