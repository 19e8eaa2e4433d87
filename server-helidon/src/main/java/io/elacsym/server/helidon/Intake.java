package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.server.helidon.json.Built;
import io.elacsym.server.helidon.wire.Exchange;
import io.elacsym.server.helidon.wire.Framing;
import io.elacsym.server.helidon.wire.RequestHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Takes a request in: its body is read to the end, unpacked and within limits, before any of its
 * work is done. Only then can anybody notice that its client has left. Safe for use by many
 * threads.
 */
final class Intake {
  private static final int GZIP_BUFFER = 16 << 10;

  /**
   * What is read of a body before its endpoint looks at it: small ones are read whole by then, also
   * those of which an endpoint reads nothing before it has opened the namespace.
   */
  private static final int EARLY = 64 << 10;

  private final BodyLimits limits;

  Intake(BodyLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads a request.
   *
   * @param call all but its body
   * @param raw the body as it came
   * @throws ElacsymException as the endpoint does
   * @throws HttpProblem when the body is none that the route takes
   * @throws UnreadableBody when the body does not come
   */
  Work read(Route route, Call call, Exchange exchange, InputStream raw) throws IOException {
    if (route.body() == Route.Body.NONE) {
      exchange.dropBody();
      return route.endpoint().read(call);
    }
    RequestHead head = exchange.head();
    if (head.framing() instanceof Framing.None) {
      String empty = route.body().optional() ? "{}" : "";
      return route
          .endpoint()
          .read(call.with(new ByteArrayInputStream(empty.getBytes(StandardCharsets.UTF_8))));
    }
    checkContentType(head, route.body());
    limits.check(
        head.framing() instanceof Framing.Length length
            ? OptionalLong.of(length.bytes())
            : OptionalLong.empty(),
        route.body());
    try (InputStream unpacked = unpacked(exchange, raw, route.body())) {
      return read(route, call, limits.limit(unpacked, route.body()));
    }
  }

  private static Work read(Route route, Call call, BodyLimits.Body body) throws IOException {
    boolean isRead = false;
    try {
      Work work = Built.counted(body, () -> readAll(route.endpoint(), call, body));
      isRead = true;
      return holding(body, work);
    } catch (IOException | RuntimeException e) {
      // When reading failed below an endpoint, what the endpoint threw is only what followed.
      if (body.failure().isPresent()) {
        throw new UnreadableBody(body.failure().get());
      }
      throw e;
    } finally {
      if (!isRead) {
        body.close();
      }
    }
  }

  private static Work readAll(Endpoint endpoint, Call call, BodyLimits.Body body)
      throws IOException {
    InputStream early = new ByteArrayInputStream(body.readNBytes(EARLY));
    Work work = endpoint.read(call.with(new SequenceInputStream(early, body)));
    if (body.read() >= 0) {
      throw new IllegalStateException("an endpoint has left a part of its body");
    }
    return work;
  }

  /** What was made of a body stays in memory until its work has ended, whoever waits for that. */
  private static Work holding(BodyLimits.Body body, Work work) {
    return switch (work) {
      case Work.Done done -> {
        body.close();
        yield done;
      }
      case Work.Reading(Supplier<Reply> doing) -> new Work.Reading(holding(body, doing));
      case Work.Changing(Supplier<Reply> doing) -> new Work.Changing(holding(body, doing));
    };
  }

  private static Supplier<Reply> holding(BodyLimits.Body body, Supplier<Reply> doing) {
    return () -> {
      try (body) {
        return Built.counted(body, doing::get);
      }
    };
  }

  private InputStream unpacked(Exchange exchange, InputStream raw, Route.Body kind) {
    List<String> codings = exchange.head().list("content-encoding");
    String coding = String.join(", ", codings);
    return switch (coding) {
      case "", "identity" -> raw;
      case "gzip", "x-gzip" -> new GzipMembers(limits.packed(raw, kind), GZIP_BUFFER);
      default -> throw HttpProblem.unsupportedCoding(coding);
    };
  }

  /**
   * A body without a type is refused, too: a web page can send one to any server that its reader
   * can reach, without asking.
   */
  private static void checkContentType(RequestHead head, Route.Body body) {
    Optional<String> given = head.field("content-type");
    if (given.filter(body::is).isEmpty()) {
      throw HttpProblem.unsupportedMediaType(given, body.contentType());
    }
  }
}
