package io.elacsym.distribution.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The calls of the HTTP interface that the command line needs. Calls block and may come from many
 * threads; what the server refuses is an {@link ElacsymException} of the matching kind.
 */
public final class ElacsymClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** How long a server may be out of reach that has never answered: its address may be wrong. */
  private static final Duration STRANGER_PATIENCE = Duration.ofSeconds(5);

  private final URI server;
  private final Duration patience;

  /**
   * Whether the server has ever answered. If not, its address may be wrong, and calls are given up
   * sooner.
   */
  private volatile boolean heard;

  private final HttpClient http;

  /**
   * A client of one server.
   *
   * @param server its base address, such as {@code http://127.0.0.1:3000}
   * @param patience how long a call is tried again while the server is overloaded, too slow or not
   *     there
   */
  public ElacsymClient(URI server, Duration patience) {
    if (server.getHost() == null || !String.valueOf(server.getScheme()).startsWith("http")) {
      throw ElacsymException.invalid(
          "--server is "
              + Option.withoutUserInfo(server.toString())
              + ", expected an address such as http://127.0.0.1:3000");
    }
    this.server = server;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  public URI server() {
    return server;
  }

  /** The server's address without user and password. */
  private String shown() {
    return Option.withoutUserInfo(server.toString());
  }

  /** The answer to {@code GET path}. */
  public JsonNode get(String path) {
    return tree(send("GET", path, new byte[0]));
  }

  /** The answer to {@code POST path}. */
  public JsonNode post(String path, JsonNode body) {
    return tree(postRaw(path, bytes(body)));
  }

  /** The answer to {@code POST path}, as the bytes that came. */
  public byte[] postRaw(String path, byte[] body) {
    return send("POST", path, body);
  }

  /** The answer to {@code DELETE path}. */
  public JsonNode delete(String path) {
    return tree(send("DELETE", path, new byte[0]));
  }

  /**
   * The answer to {@code GET path}, asked for again and again until it is as wished.
   *
   * @param pause between two looks
   */
  public JsonNode await(String path, Duration pause, Predicate<JsonNode> wished) {
    JsonNode answer = get(path);
    while (!wished.test(answer)) {
      sleep(pause);
      answer = get(path);
    }
    return answer;
  }

  /** Creates a namespace; false when there is one of that name. */
  public boolean create(String namespace, byte[] schema) {
    try {
      send("PUT", path(namespace, ""), schema);
      return true;
    } catch (ElacsymException e) {
      if (e.kind() == ErrorKind.CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  /** Deletes a namespace; false when there is none. */
  public boolean drop(String namespace) {
    try {
      send("DELETE", path(namespace, ""), new byte[0]);
      return true;
    } catch (ElacsymException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /** Schema and statistics of a namespace; empty when there is none. */
  public Optional<JsonNode> describe(String namespace) {
    try {
      return Optional.of(get(path(namespace, "")));
    } catch (ElacsymException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The path of a namespace, or of what lies under it. */
  public static String path(String namespace, String below) {
    return "/v1/namespaces/" + URLEncoder.encode(namespace, StandardCharsets.UTF_8) + below;
  }

  private byte[] send(String method, String path, byte[] body) {
    String base = server.toString().replaceAll("/+$", "");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(REQUEST_TIMEOUT)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .build();
    Instant began = Instant.now();
    Instant deadline = began.plus(patience);
    Duration wait = FIRST_WAIT;
    while (true) {
      Duration pause = wait;
      try {
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        heard = true;
        if (response.statusCode() / 100 == 2) {
          return response.body();
        }
        ElacsymException refusal = refusal(response);
        if (!mayRepeat(method, refusal.kind()) || Instant.now().isAfter(deadline)) {
          throw refusal;
        }
        pause = retryAfter(response).orElse(wait);
      } catch (IOException e) {
        Instant limit = heard ? deadline : min(deadline, began.plus(STRANGER_PATIENCE));
        if (Instant.now().isAfter(limit)) {
          throw ElacsymException.unavailable(
              "no answer from " + shown() + " (" + reason(e) + ")", e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ElacsymException.unavailable("interrupted", e);
      }
      sleep(pause);
      wait = min(wait.multipliedBy(2), LONGEST_WAIT);
    }
  }

  /**
   * Whether a refused call can be made again. A call that was not done in time may take effect all
   * the same. To read or to store something twice does no harm. But when a namespace was created or
   * deleted, the second call would find that done and report "there is one already" or "there is
   * none", though it was this client that did it.
   */
  private static boolean mayRepeat(String method, ErrorKind kind) {
    boolean harmless = method.equals("GET") || method.equals("POST");
    return kind.retryable() || (kind == ErrorKind.TIMEOUT && harmless);
  }

  private static String reason(IOException e) {
    String name = e.getClass().getSimpleName().replace("Exception", "");
    return e.getMessage() == null ? name : name + ": " + e.getMessage();
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,5}"))
        .map(value -> min(Duration.ofSeconds(Long.parseLong(value)), LONGEST_WAIT));
  }

  private static ElacsymException refusal(HttpResponse<byte[]> response) {
    String text = new String(response.body(), StandardCharsets.UTF_8).strip();
    String message = text.isEmpty() ? "status " + response.statusCode() : text;
    Optional<ErrorKind> kind = Optional.empty();
    try {
      JsonNode error = JSON.readTree(response.body()).path("error");
      if (error.hasNonNull("message")) {
        message = error.path("message").asText();
        String code = error.path("code").asText().toUpperCase(Locale.ROOT);
        kind = Arrays.stream(ErrorKind.values()).filter(k -> k.name().equals(code)).findFirst();
      }
    } catch (IOException e) {
      // Not our form of error, perhaps a proxy's: the raw text is the best there is.
      message = "status " + response.statusCode() + ": " + text;
    }
    return new ElacsymException(kind.orElseGet(() -> kindOf(response.statusCode())), message);
  }

  private static ErrorKind kindOf(int status) {
    return switch (status) {
      case 404 -> ErrorKind.NOT_FOUND;
      case 408, 504 -> ErrorKind.TIMEOUT;
      case 409 -> ErrorKind.CONFLICT;
      case 413 -> ErrorKind.TOO_LARGE;
      case 429 -> ErrorKind.OVERLOADED;
      case 502, 503 -> ErrorKind.UNAVAILABLE;
      default -> status < 500 ? ErrorKind.INVALID_REQUEST : ErrorKind.INTERNAL;
    };
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ElacsymException.unavailable("interrupted", e);
    }
  }

  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static byte[] bytes(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode tree(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new ElacsymException(
          ErrorKind.INTERNAL, shown() + " answered something that is not JSON", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
