package io.elacsym.server.helidon;

import io.elacsym.cluster.member.NodeReport;
import io.elacsym.cluster.member.Peers;
import io.elacsym.server.helidon.json.ClusterJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Goes to other nodes, on connections that are kept. Safe for use by many threads. */
final class Courier implements Peers, AutoCloseable {
  /** The path under which a node tells how it is. */
  static final String REPORT = "/v1/cluster/node";

  /** The path under which a node answers what another one asks about a segment. */
  static final String SEARCH = "/v1/cluster/leaf";

  /** The other node should give up first, because it can say why. */
  private static final Duration AHEAD = Duration.ofMillis(50);

  /** More than the documents that are read at once, and than a bit for each row of a segment. */
  private static final int MOST_ANSWER = 256 << 20;

  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** Half of what may pass until a node that hangs is noticed; the second question is the other. */
  private static final Duration ASK = Duration.ofMillis(1_500);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .executor(threads)
          .build();

  @Override
  public NodeReport ask(URI url) throws IOException {
    return ClusterJson.readReport(get(url, REPORT));
  }

  /**
   * What another node answers to a short question.
   *
   * @throws IOException when it does not answer with 200 in time
   */
  byte[] get(URI url, String path) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).timeout(ASK).GET().build();
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IOException("it answers with status " + response.statusCode());
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public byte[] search(URI url, String namespace, byte[] question, Duration atMost)
      throws IOException, InterruptedException {
    long millis = Math.max(1, atMost.minus(AHEAD).toMillis());
    String query =
        "?namespace="
            + URLEncoder.encode(namespace, StandardCharsets.UTF_8)
            + "&"
            + RequestTime.PARAMETER
            + "="
            + millis
            + "ms";
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(SEARCH + query))
            .header("Content-Type", Reply.BINARY)
            .timeout(atMost.plus(AHEAD))
            .POST(HttpRequest.BodyPublishers.ofByteArray(question))
            .build();
    // Interrupted, it ends the exchange and with it the connection, by which the node sees it.
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] answer = body.readNBytes(MOST_ANSWER + 1);
      if (response.statusCode() != 200) {
        throw new IOException(
            "status " + response.statusCode() + ": " + ErrorAnswer.message(answer));
      }
      if (answer.length > MOST_ANSWER) {
        throw new IOException("its answer has more than " + MOST_ANSWER + " bytes");
      }
      return answer;
    }
  }

  @Override
  public List<String> resolve(String host) throws IOException {
    return Arrays.stream(InetAddress.getAllByName(host))
        .map(InetAddress::getHostAddress)
        .sorted()
        .toList();
  }

  /** Sends a request; its answer is complete when the head of the response is there. */
  CompletableFuture<HttpResponse<InputStream>> send(HttpRequest request) {
    return http.sendAsync(request, BodyHandlers.ofInputStream());
  }

  @Override
  public void close() {
    http.shutdownNow();
    threads.shutdownNow();
  }
}
