package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.cluster.member.Member;
import io.elacsym.cluster.route.Errand;
import io.elacsym.cluster.route.Outcome;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Deadline;
import io.elacsym.server.helidon.wire.Exchange;
import io.elacsym.server.helidon.wire.Framing;
import io.elacsym.server.helidon.wire.RequestHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request on its way to the node that serves it. The beginning of its body is kept, so that
 * most requests can be sent to a second node when the first has not done them; a long body streams
 * through. For one thread; closed when the request is answered.
 */
final class Delivery implements Errand<Reply>, AutoCloseable {
  /** How much of a body is kept. */
  private static final int KEPT = 256 << 10;

  /** How long it takes at most until somebody who waits notices that nobody needs the answer. */
  private static final long LOOK_MILLIS = 20;

  /** The other node should give up first, because it can say what has become of the request. */
  private static final Duration AHEAD = Duration.ofMillis(50);

  private static final List<String> CARRIED = List.of("content-type", "content-encoding");
  private static final List<String> BROUGHT_BACK =
      List.of("Retry-After", "Allow", "Accept-Encoding", "Location");

  private final Engine engine;
  private final Standing standing;
  private final String namespace;
  private final Route route;
  private final Exchange exchange;
  private final Forwarding.Local local;

  /** The body, counted as far as it is kept. */
  private final BodyLimits.Body counted;

  /** Of this request; the client of an HTTP library reads bodies on threads of its own. */
  private final Deadline deadline = Deadline.current();

  private Optional<byte[]> beginning = Optional.empty();
  private boolean whole;
  private boolean spent;

  Delivery(
      Engine engine,
      Standing standing,
      String namespace,
      Route route,
      Exchange exchange,
      Forwarding.Local local,
      BodyLimits bodies) {
    this.engine = engine;
    this.standing = standing;
    this.namespace = namespace;
    this.route = route;
    this.exchange = exchange;
    this.local = local;
    this.counted = bodies.limit(exchange.body(), route.body());
  }

  @Override
  public Reply here() {
    return local.serve(body());
  }

  @Override
  public Optional<String> recordedWriter() {
    try {
      return engine.recordedWriter(namespace);
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
      return Optional.empty();
    }
  }

  @Override
  public boolean canSendAgain() {
    return whole || !spent;
  }

  private boolean hasBody() {
    return route.body() != Route.Body.NONE && !(exchange.head().framing() instanceof Framing.None);
  }

  /** The body from its beginning, as long as that is possible. */
  private InputStream body() {
    if (!hasBody()) {
      whole = true;
      return exchange.body();
    }
    byte[] kept = kept();
    return whole
        ? new ByteArrayInputStream(kept)
        : new SequenceInputStream(new ByteArrayInputStream(kept), new Rest());
  }

  private byte[] kept() {
    if (beginning.isEmpty()) {
      try {
        byte[] read = counted.readNBytes(KEPT);
        whole = read.length < KEPT;
        beginning = Optional.of(read);
      } catch (IOException | RuntimeException e) {
        if (counted.failure().isEmpty() && e instanceof ElacsymException tooMuch) {
          throw tooMuch;
        }
        throw new UnreadableBody(e);
      }
    }
    return beginning.get();
  }

  /** What is not kept of the body: whoever reads of it has it alone. */
  private final class Rest extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      spent = true;
      long before = System.nanoTime();
      try {
        return exchange.body().read(target, offset, length);
      } finally {
        // The body excuses the time for which its client lets us wait, but only on our own thread.
        if (Deadline.current() != deadline) {
          deadline.excuse(Duration.ofNanos(System.nanoTime() - before));
        }
      }
    }
  }

  @Override
  public Outcome<Reply> send(Member node, boolean insist) {
    CompletableFuture<HttpResponse<InputStream>> answer =
        standing.courier().send(request(node, insist));
    try {
      return outcome(await(answer, node));
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Outcome.InDoubt<>("it has ceased to answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.cancel(true);
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping", e);
    } catch (ElacsymException over) {
      // The deadline, or the client has left: nobody waits for the other node any more.
      answer.cancel(true);
      throw route.place() == Route.Place.WRITER
          ? new ElacsymException(
              over.kind(), over.getMessage() + "; the change may take effect or not", over)
          : over;
    }
  }

  /**
   * Waits for an answer.
   *
   * @throws TimeoutException when the node is believed not to answer any more
   */
  private HttpResponse<InputStream> await(
      CompletableFuture<HttpResponse<InputStream>> answer, Member node)
      throws ExecutionException, InterruptedException, TimeoutException {
    while (true) {
      try {
        return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        Deadline.check();
        if (standing.node().membership().isSuspect(node)) {
          throw notYet;
        }
      }
    }
  }

  private static Outcome<Reply> failed(Throwable failure) {
    String why =
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException
        ? new Outcome.NotDone<>(Optional.empty(), true, "it cannot be reached (" + why + ")")
        : new Outcome.InDoubt<>(why);
  }

  private static Outcome<Reply> outcome(HttpResponse<InputStream> response) {
    Optional<String> notDone = response.headers().firstValue(NodeHeaders.NOT_DONE);
    if (notDone.isPresent()) {
      try (InputStream body = response.body()) {
        // Read to its end, so that the connection can be kept.
        String why = ErrorAnswer.message(body.readAllBytes());
        return new Outcome.NotDone<>(response.headers().firstValue(NodeHeaders.OWNER), false, why);
      } catch (IOException e) {
        return new Outcome.NotDone<>(Optional.empty(), false, String.valueOf(e.getMessage()));
      }
    }
    Map<String, String> headers = new HashMap<>();
    BROUGHT_BACK.forEach(
        name -> response.headers().firstValue(name).ifPresent(value -> headers.put(name, value)));
    return new Outcome.Answered<>(
        Reply.relayed(
            response.statusCode(),
            response.headers().firstValue("Content-Type").orElse(""),
            response.body(),
            headers));
  }

  private HttpRequest request(Member node, boolean insist) {
    RequestHead head = exchange.head();
    String method = head.method().equals("HEAD") ? "GET" : head.method();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url() + head.path() + query(head)))
            .method(method, publisher(head))
            .header(NodeHeaders.FORWARDED, standing.node().settings().node().id());
    if (insist) {
      request.header(NodeHeaders.INSISTED, "true");
    }
    for (String name : CARRIED) {
      head.field(name).ifPresent(value -> request.header(name, value));
    }
    return request.build();
  }

  /** The same query part, with the time that is left. */
  private String query(RequestHead head) {
    StringBuilder query = new StringBuilder("?");
    for (String part : head.query().split("&")) {
      if (!part.isEmpty() && !part.startsWith(RequestTime.PARAMETER + "=")) {
        query.append(part).append('&');
      }
    }
    long left = Deadline.current().left().orElse(Duration.ofMinutes(1)).minus(AHEAD).toMillis();
    return query.append(RequestTime.PARAMETER + "=" + Math.max(1, left) + "ms").toString();
  }

  private BodyPublisher publisher(RequestHead head) {
    if (!hasBody()) {
      exchange.dropBody();
      whole = true;
      return BodyPublishers.noBody();
    }
    InputStream body = body();
    if (whole) {
      return BodyPublishers.ofByteArray(kept());
    }
    BodyPublisher streamed = BodyPublishers.ofInputStream(() -> body);
    return head.framing() instanceof Framing.Length length
        ? BodyPublishers.fromPublisher(streamed, length.bytes())
        : streamed;
  }

  @Override
  public void close() {
    counted.close();
  }
}
