package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.Metric;
import io.elacsym.engine.Engine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The table of everything the server answers. */
final class Routes {
  private final List<Route> routes;

  private Routes(List<Route> routes) {
    this.routes = routes;
  }

  static Routes of(Engine engine, ServerMetrics metrics, Metric defaultMetric) {
    NamespaceEndpoints namespaces = new NamespaceEndpoints(engine, defaultMetric);
    HistoryEndpoints past = new HistoryEndpoints(engine);
    DocumentEndpoints documents = new DocumentEndpoints(engine, metrics);
    StatusEndpoints status = new StatusEndpoints(engine, metrics);
    String one = "/v1/namespaces/{ns}";
    return new Routes(
        List.of(
            new Route("GET", "/health", Route.Body.NONE, status::health),
            new Route("GET", "/health/ready", Route.Body.NONE, status::ready),
            new Route("GET", "/metrics", Route.Body.NONE, status::metrics),
            new Route("GET", "/v1/namespaces", Route.Body.NONE, namespaces::list),
            new Route("PUT", one, Route.Body.REQUIRED, namespaces::create),
            new Route("GET", one, Route.Body.NONE, namespaces::describe),
            new Route("DELETE", one, Route.Body.NONE, namespaces::drop),
            new Route("PATCH", one + "/schema", Route.Body.REQUIRED, namespaces::addAttributes),
            new Route("POST", one + "/compact", Route.Body.OPTIONAL, namespaces::compact),
            new Route("POST", one + "/warm", Route.Body.OPTIONAL, namespaces::warm),
            new Route("GET", one + "/history", Route.Body.NONE, past::history),
            new Route("POST", one + "/restore", Route.Body.REQUIRED, past::restore),
            new Route("POST", one + "/branch", Route.Body.REQUIRED, past::branch),
            new Route("POST", one + "/upsert", Route.Body.REQUIRED, documents::upsert),
            new Route("POST", one + "/delete", Route.Body.REQUIRED, documents::delete),
            new Route("POST", one + "/query", Route.Body.REQUIRED, documents::query),
            new Route("POST", one + "/scan", Route.Body.OPTIONAL, documents::scan),
            new Route("GET", one + "/documents/{id}", Route.Body.NONE, documents::get)));
  }

  /** A route that fits, with the texts in its braces. */
  record Match(Route route, Map<String, String> parameters) {}

  /**
   * Finds the route of a request.
   *
   * @throws ElacsymException {@code NOT_FOUND} when there is no such path
   * @throws HttpProblem when the path has other methods only
   */
  Match find(String method, String rawPath) {
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> parameters = route.match(rawPath);
      if (parameters.isPresent()) {
        if (route.method().equals(method)) {
          return new Match(route, parameters.get());
        }
        allowed.add(route.method());
      }
    }
    if (allowed.isEmpty()) {
      throw ElacsymException.notFound("there is nothing at " + rawPath);
    }
    throw HttpProblem.methodNotAllowed(method, String.join(", ", allowed));
  }
}
