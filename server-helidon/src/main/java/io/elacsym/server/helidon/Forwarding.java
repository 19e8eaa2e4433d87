package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.cluster.member.Member;
import io.elacsym.cluster.route.Arrival;
import io.elacsym.cluster.route.Router;
import io.elacsym.cluster.settings.Routing;
import io.elacsym.engine.Engine;
import io.elacsym.server.helidon.wire.Exchange;
import io.elacsym.server.helidon.wire.RequestHead;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Brings each request to the node of the cluster that serves it. Safe for use by many threads. */
final class Forwarding {
  private final Engine engine;
  private final Standing standing;
  private final BodyLimits bodies;

  Forwarding(Engine engine, Standing standing, BodyLimits bodies) {
    this.engine = engine;
    this.standing = standing;
    this.bodies = bodies;
  }

  /** Serves a request in this process. */
  @FunctionalInterface
  interface Local {
    /**
     * @param body as it came
     */
    Reply serve(InputStream body);
  }

  /**
   * The answer to a request, whoever gives it.
   *
   * @throws ElacsymException as the engine does, or when no node can serve it
   */
  Reply reply(Routes.Match match, Exchange exchange, Local local) {
    Route.Place place = match.route().place();
    if (place == Route.Place.HERE) {
      return local.serve(exchange.body());
    }
    String namespace = match.parameters().getOrDefault("ns", "");
    try (Delivery delivery =
        new Delivery(engine, standing, namespace, match.route(), exchange, local, bodies)) {
      return reply(namespace, place == Route.Place.WRITER, exchange, delivery);
    }
  }

  private Reply reply(String namespace, boolean changes, Exchange exchange, Delivery delivery) {
    Router router = standing.node().router();
    Arrival arrival = arrival(exchange.head());
    if (arrival == Arrival.FROM_CLIENT
        && standing.node().settings().routing() == Routing.REDIRECT) {
      Optional<Member> owner = router.elsewhere(namespace, changes, delivery::recordedWriter);
      if (owner.isPresent()) {
        return redirect(exchange, owner.get());
      }
    }
    return changes
        ? router.change(namespace, arrival, delivery)
        : router.read(namespace, arrival, delivery);
  }

  private static Arrival arrival(RequestHead head) {
    if (head.field(NodeHeaders.FORWARDED.toLowerCase(Locale.ROOT)).isEmpty()) {
      return Arrival.FROM_CLIENT;
    }
    return head.field(NodeHeaders.INSISTED.toLowerCase(Locale.ROOT)).isPresent()
        ? Arrival.INSISTED
        : Arrival.FORWARDED;
  }

  private static Reply redirect(Exchange exchange, Member owner) {
    RequestHead head = exchange.head();
    exchange.dropBody();
    String location =
        owner.url() + head.path() + (head.query().isEmpty() ? "" : "?" + head.query());
    return ErrorAnswer.of(
        307,
        "elsewhere",
        "node '" + owner.id() + "' serves this; the header Location has its address",
        Map.of("Location", location, NodeHeaders.OWNER, owner.id()));
  }
}
