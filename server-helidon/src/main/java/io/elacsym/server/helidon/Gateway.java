package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.server.helidon.mapping.Built;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Every request's way in and out: finds the route, bounds the body, turns every failure into the
 * one error form, counts and logs.
 */
final class Gateway implements Handler {
  private static final System.Logger LOG = System.getLogger("io.elacsym.server");
  private static final System.Logger ACCESS = System.getLogger("io.elacsym.server.access");
  private static final String UNMATCHED = "unmatched";

  private final Routes routes;
  private final ServerMetrics metrics;
  private final BodyLimits limits;
  private final AnswerLimits answers;
  private final InFlight inFlight;

  Gateway(
      Routes routes,
      ServerMetrics metrics,
      BodyLimits limits,
      AnswerLimits answers,
      InFlight inFlight) {
    this.routes = routes;
    this.metrics = metrics;
    this.limits = limits;
    this.answers = answers;
    this.inFlight = inFlight;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    if (!inFlight.begin()) {
      send(ErrorAnswer.of(ErrorKind.UNAVAILABLE, "the server is stopping"), request, response);
      readRest(request);
      throw lastAnswerSent();
    }
    boolean readable;
    try {
      readable = serve(request, response);
    } finally {
      inFlight.end();
    }
    if (!readable) {
      throw lastAnswerSent();
    }
    // Helidon leaves the end of a connection to the client, even when that has asked for it.
    if (inFlight.draining() || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      readRest(request);
      throw lastAnswerSent();
    }
  }

  private static CloseConnectionException lastAnswerSent() {
    return new CloseConnectionException("the last answer of this connection is sent");
  }

  /** With bytes unread the kernel would reset the connection, and the answer could be lost. */
  private static void readRest(ServerRequest request) {
    try {
      if (request.content().hasEntity()
          && !request.content().consumed()
          && request.continueSent()) {
        request.content().consume();
      }
    } catch (RuntimeException e) {
      // The client is gone, or sends without end: it has had its answer.
    }
  }

  /** Answers; false when nothing can be read from the connection any more. */
  private boolean serve(ServerRequest request, ServerResponse response) {
    // What an answer holds is its share until the client has it.
    try (AnswerLimits.Share share = answers.begin()) {
      return serve(request, response, share);
    }
  }

  private boolean serve(ServerRequest request, ServerResponse response, AnswerLimits.Share share) {
    long start = System.nanoTime();
    String method = request.prologue().method().text();
    String rawPath = request.prologue().uriPath().rawPath();
    String routePath = UNMATCHED;
    boolean readable = true;
    Reply reply;
    try {
      Routes.Match match = routes.find(method, rawPath);
      routePath = match.route().path();
      reply = answer(match, request, start, share);
    } catch (ElacsymException e) {
      reply = of(e, method, rawPath);
    } catch (HttpProblem e) {
      reply = e.reply();
    } catch (UnreadableBody e) {
      reply = ErrorAnswer.of(ErrorKind.INVALID_REQUEST, e.getMessage());
      response.header(HeaderValues.CONNECTION_CLOSE);
      readable = false;
    }
    long bytes = send(reply, request, response);
    long nanos = System.nanoTime() - start;
    metrics.served(method, routePath, reply.status(), nanos);
    ACCESS.log(
        System.Logger.Level.DEBUG,
        "{0} {1} {2} {3} bytes {4} ms",
        method,
        rawPath,
        Integer.toString(reply.status()),
        Long.toString(bytes),
        Long.toString(nanos / 1_000_000));
    return readable;
  }

  private Reply answer(
      Routes.Match match, ServerRequest request, long start, AnswerLimits.Share share) {
    Route route = match.route();
    Map<String, String> query = query(request);
    if (route.body() == Route.Body.NONE) {
      return answer(
          route, new Call(match.parameters(), query, InputStream.nullInputStream(), start), share);
    }
    if (!request.content().hasEntity()) {
      String empty = route.body().optional() ? "{}" : "";
      InputStream body = new ByteArrayInputStream(empty.getBytes(StandardCharsets.UTF_8));
      return answer(route, new Call(match.parameters(), query, body, start), share);
    }
    checkContentType(request);
    limits.check(request.headers().contentLength(), route.body());
    try (BodyLimits.Body body = limits.limit(bodyOf(request), route.body())) {
      try {
        Call call = new Call(match.parameters(), query, body, start);
        return Built.counted(body, () -> answer(route, call, share));
      } catch (ElacsymException e) {
        // When reading failed below an endpoint, what the endpoint threw is only what followed.
        throw body.failure().<RuntimeException>map(UnreadableBody::new).orElse(e);
      }
    }
  }

  /** Runs an endpoint; whatever it throws that has no kind is an error of ours. */
  private static Reply answer(Route route, Call call, AnswerLimits.Share share) {
    try {
      return share.call(() -> route.endpoint().answer(call));
    } catch (ElacsymException | HttpProblem e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new ElacsymException(ErrorKind.INTERNAL, "internal error", e);
    }
  }

  private static InputStream bodyOf(ServerRequest request) {
    try {
      return request.content().inputStream();
    } catch (UncheckedIOException e) {
      throw new UnreadableBody(e);
    }
  }

  private static void checkContentType(ServerRequest request) {
    if (!request.headers().contains(HeaderNames.CONTENT_TYPE)) {
      return;
    }
    String given = request.headers().get(HeaderNames.CONTENT_TYPE).get();
    try {
      HttpMediaType type = HttpMediaType.create(given);
      String charset = type.charset().orElse("utf-8");
      if (type.mediaType().text().equals(Reply.JSON) && charset.equalsIgnoreCase("utf-8")) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Not even a media type: refused like every other wrong one.
    }
    throw HttpProblem.unsupportedMediaType(given);
  }

  private static Map<String, String> query(ServerRequest request) {
    Map<String, String> query = new HashMap<>();
    for (String name : request.query().names()) {
      query.put(name, request.query().all(name).getLast());
    }
    return query;
  }

  private static Reply of(ElacsymException e, String method, String rawPath) {
    String message = String.valueOf(e.getMessage());
    if (e.kind() != ErrorKind.INTERNAL && e.kind() != ErrorKind.CORRUPT) {
      return ErrorAnswer.of(e.kind(), message);
    }
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    LOG.log(System.Logger.Level.ERROR, "error " + id + " in " + method + " " + rawPath, e);
    return ErrorAnswer.of(
        e.kind(), message + " (error " + id + "; the server's log has the details)");
  }

  /** Sends an answer and tells how many bytes its body has. */
  private long send(Reply reply, ServerRequest request, ServerResponse response) {
    response.status(Status.create(reply.status()));
    response.header(HeaderNames.CONTENT_TYPE, reply.contentType());
    reply.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    if (inFlight.draining()) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    if (reply.streamed().isPresent()) {
      return AnswerStream.send(reply.streamed().get(), request, response);
    }
    response.send(reply.body());
    return reply.body().length;
  }
}
