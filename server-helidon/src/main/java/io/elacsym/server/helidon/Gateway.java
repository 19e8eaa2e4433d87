package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.WrittenElsewhere;
import io.elacsym.server.helidon.wire.Exchange;
import io.elacsym.server.helidon.wire.RequestHead;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Every request's way in and out: finds the route, has the request read and its work done, turns
 * every failure into the one error form, counts and logs.
 */
final class Gateway implements Handler {
  private static final System.Logger LOG = System.getLogger("io.elacsym.server");
  private static final System.Logger ACCESS = System.getLogger("io.elacsym.server.access");
  private static final String UNMATCHED = "unmatched";

  private final Routes routes;
  private final ServerMetrics metrics;
  private final Intake intake;
  private final Works works;
  private final AnswerLimits answers;
  private final InFlight inFlight;
  private final Visitors visitors;
  private final RequestTime time;
  private final Optional<Forwarding> forwarding;

  Gateway(
      Routes routes,
      ServerMetrics metrics,
      Intake intake,
      Works works,
      AnswerLimits answers,
      InFlight inFlight,
      Visitors visitors,
      RequestTime time,
      Optional<Forwarding> forwarding) {
    this.routes = routes;
    this.metrics = metrics;
    this.intake = intake;
    this.works = works;
    this.answers = answers;
    this.inFlight = inFlight;
    this.visitors = visitors;
    this.time = time;
    this.forwarding = forwarding;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    Exchange exchange = Exchange.current();
    if (!inFlight.begin()) {
      Reply stopping =
          ErrorAnswer.of(ErrorKind.UNAVAILABLE, "the server is stopping")
              .with(NodeHeaders.notDone(Optional.empty()));
      try (AnswerLimits.Share share = answers.begin()) {
        send(stopping, exchange, response, share);
      }
      return;
    }
    try {
      serve(exchange, response);
    } finally {
      inFlight.end();
    }
  }

  private void serve(Exchange exchange, ServerResponse response) {
    // What an answer holds is its share until the client has it.
    try (AnswerLimits.Share share = answers.begin()) {
      serve(exchange, response, share);
    }
  }

  private void serve(Exchange exchange, ServerResponse response, AnswerLimits.Share share) {
    long start = System.nanoTime();
    RequestHead head = exchange.head();
    String routePath = UNMATCHED;
    Reply reply;
    try {
      visitors.check(head);
      if (Visitors.preflight(head)) {
        reply = Visitors.preflightReply(routes.methods(head.path()));
      } else {
        Routes.Match match = routes.find(head.method(), head.path());
        routePath = match.route().path();
        reply = share.charged(answer(match, exchange, start, share));
      }
    } catch (ElacsymException e) {
      reply = of(e, head);
    } catch (HttpProblem e) {
      reply = e.reply();
    } catch (UnreadableBody e) {
      reply = e.reply();
      exchange.end();
    } catch (RuntimeException e) {
      reply = of(new ElacsymException(ErrorKind.INTERNAL, "internal error", e), head);
    }
    long bytes = 0;
    try {
      bytes = send(reply, exchange, response, share);
    } finally {
      long nanos = System.nanoTime() - start;
      metrics.served(head.method(), routePath, reply.status(), nanos);
      ACCESS.log(
          System.Logger.Level.DEBUG,
          "{0} {1} {2} {3} bytes {4} ms",
          head.method(),
          head.path(),
          Integer.toString(reply.status()),
          Long.toString(bytes),
          Long.toString(nanos / 1_000_000));
    }
  }

  /** Answers within the time that the request may take, and no longer than its client waits. */
  private Reply answer(
      Routes.Match match, Exchange exchange, long start, AnswerLimits.Share share) {
    Map<String, String> query = PercentText.parameters(exchange.head().query());
    Deadline deadline = Deadline.in(time.of(match.route(), query), System::nanoTime);
    query.remove(RequestTime.PARAMETER);
    exchange.whenGone(() -> deadline.cancel("the client has left"));
    try {
      Call call = new Call(match.parameters(), query, InputStream.nullInputStream(), start);
      return deadline.call(() -> answer(match, call, exchange, share));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ElacsymException(ErrorKind.INTERNAL, "internal error", e);
    }
  }

  /** Has the right node serve a request. */
  private Reply answer(Routes.Match match, Call call, Exchange exchange, AnswerLimits.Share share) {
    Forwarding.Local here = body -> served(match.route(), call, exchange, body, share);
    return forwarding.isPresent()
        ? forwarding.get().reply(match, exchange, here)
        : here.serve(exchange.body());
  }

  /** Runs an endpoint; whatever it throws that has no kind is an error of ours. */
  private Reply served(
      Route route, Call call, Exchange exchange, InputStream body, AnswerLimits.Share share) {
    try {
      return works.reply(intake.read(route, call, exchange, body), share);
    } catch (ElacsymException | HttpProblem | UnreadableBody e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new ElacsymException(ErrorKind.INTERNAL, "internal error", e);
    }
  }

  private static Reply of(ElacsymException e, RequestHead head) {
    String message = String.valueOf(e.getMessage());
    if (e.kind() != ErrorKind.INTERNAL && e.kind() != ErrorKind.CORRUPT) {
      Reply reply = ErrorAnswer.of(e.kind(), message);
      return WrittenElsewhere.in(e)
          .map(elsewhere -> reply.with(NodeHeaders.notDone(elsewhere.node())))
          .orElse(reply);
    }
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    LOG.log(
        System.Logger.Level.ERROR, "error " + id + " in " + head.method() + " " + head.path(), e);
    return ErrorAnswer.of(
        e.kind(), message + " (error " + id + "; the server's log has the details)");
  }

  /** Sends an answer and tells how many bytes its body has. */
  private long send(
      Reply reply, Exchange exchange, ServerResponse response, AnswerLimits.Share share) {
    response.status(Status.create(reply.status()));
    if (!reply.contentType().isEmpty()) {
      response.header(HeaderNames.CONTENT_TYPE, reply.contentType());
    }
    reply.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    visitors
        .headers(exchange.head())
        .forEach((name, value) -> response.header(HeaderNames.create(name), value));
    if (inFlight.draining() || exchange.last()) {
      response.header(HeaderValues.CONNECTION_CLOSE);
      exchange.end();
    }
    if (reply.relayed().isPresent()) {
      return AnswerStream.relay(reply.relayed().get(), exchange.head(), response);
    }
    return reply.streamed().isPresent()
        ? AnswerStream.send(reply.streamed().get(), exchange.head(), response, share)
        : AnswerStream.send(reply.body(), exchange.head(), response);
  }
}
