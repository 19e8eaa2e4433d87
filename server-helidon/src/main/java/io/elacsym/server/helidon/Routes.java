package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.Metric;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Strings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The table of everything the server answers. */
final class Routes {
  private final List<Route> routes;
  private final List<PathPattern> patterns;

  private Routes(List<Route> routes) {
    this.routes = routes;
    this.patterns = routes.stream().map(route -> PathPattern.of(route.path())).toList();
  }

  static Routes of(
      Engine engine, ServerMetrics metrics, Metric defaultMetric, Optional<Standing> standing) {
    NamespaceEndpoints namespaces = new NamespaceEndpoints(engine, defaultMetric);
    ReindexEndpoints indexes = new ReindexEndpoints(engine);
    HistoryEndpoints past = new HistoryEndpoints(engine);
    DocumentEndpoints documents = new DocumentEndpoints(engine, metrics);
    StatusEndpoints status = new StatusEndpoints(engine, metrics, standing);
    ClusterEndpoints cluster = new ClusterEndpoints(engine, standing);
    String one = "/v1/namespaces/{ns}";
    List<Route> routes = new ArrayList<>();
    // What nodes ask each other is no part of a server that is alone.
    standing.ifPresent(here -> {
      routes.add(here(Courier.REPORT, call -> cluster.report(call, here)));
      routes.add(search(new LeafEndpoint(engine)));
    });
    routes.addAll(
        List.of(
            here("/health", status::health),
            here("/health/ready", status::ready),
            here("/metrics", status::metrics),
            here("/v1/cluster", cluster::describe),
            here("/v1/namespaces", namespaces::list),
            writer("PUT", one, Route.Body.REQUIRED, namespaces::create),
            reader("GET", one, Route.Body.NONE, namespaces::describe),
            writer("DELETE", one, Route.Body.NONE, namespaces::drop),
            writer("PATCH", one + "/schema", Route.Body.REQUIRED, namespaces::changeSchema),
            maintenance(
                one + "/compact", Route.Body.OPTIONAL, Route.Place.WRITER, namespaces::compact),
            maintenance(one + "/warm", Route.Body.OPTIONAL, Route.Place.READER, namespaces::warm),
            maintenance(
                one + "/reindex", Route.Body.OPTIONAL, Route.Place.WRITER, indexes::reindex),
            writer("GET", one + "/reindex", Route.Body.NONE, indexes::status),
            writer("DELETE", one + "/reindex", Route.Body.NONE, indexes::cancel),
            reader("GET", one + "/history", Route.Body.NONE, past::history),
            maintenance(one + "/restore", Route.Body.REQUIRED, Route.Place.WRITER, past::restore),
            maintenance(one + "/branch", Route.Body.REQUIRED, Route.Place.WRITER, past::branch),
            writer("POST", one + "/upsert", Route.Body.DOCUMENTS, documents::upsert),
            writer("POST", one + "/patch", Route.Body.DOCUMENTS, documents::patch),
            writer("POST", one + "/delete", Route.Body.DOCUMENTS, documents::delete),
            reader("POST", one + "/query", Route.Body.QUERY, documents::query),
            reader("POST", one + "/analyze", Route.Body.QUERY, documents::analyze),
            reader("POST", one + "/scan", Route.Body.OPTIONAL_QUERY, documents::scan),
            reader("GET", one + "/documents/{id}", Route.Body.NONE, documents::get)));
    return new Routes(List.copyOf(routes));
  }

  private static Route search(LeafEndpoint endpoint) {
    return new Route(
        "POST",
        Courier.SEARCH,
        Route.Body.QUESTION,
        Route.Pace.PROMPT,
        Route.Place.HERE,
        endpoint::answer);
  }

  private static Route here(String path, Endpoint endpoint) {
    return new Route("GET", path, Route.Body.NONE, Route.Pace.PROMPT, Route.Place.HERE, endpoint);
  }

  private static Route reader(String method, String path, Route.Body body, Endpoint endpoint) {
    return new Route(method, path, body, Route.Pace.PROMPT, Route.Place.READER, endpoint);
  }

  private static Route writer(String method, String path, Route.Body body, Endpoint endpoint) {
    return new Route(method, path, body, Route.Pace.PROMPT, Route.Place.WRITER, endpoint);
  }

  private static Route maintenance(
      String path, Route.Body body, Route.Place place, Endpoint endpoint) {
    return new Route("POST", path, body, Route.Pace.MAINTENANCE, place, endpoint);
  }

  /** All of them. */
  List<Route> all() {
    return routes;
  }

  /** A route that fits, with the texts in its braces. */
  record Match(Route route, Map<String, String> parameters) {}

  /**
   * Finds the route of a request. HEAD is answered where GET is.
   *
   * @throws ElacsymException {@code NOT_FOUND} when there is no such path
   * @throws HttpProblem when the path has other methods only
   */
  Match find(String method, String rawPath) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    List<String> path = PathPattern.split(rawPath);
    for (int i = 0; i < routes.size(); i++) {
      if (routes.get(i).method().equals(wanted)) {
        Optional<Map<String, String>> parameters = patterns.get(i).match(path);
        if (parameters.isPresent()) {
          return new Match(routes.get(i), parameters.get());
        }
      }
    }
    throw HttpProblem.methodNotAllowed(method, String.join(", ", methods(rawPath)));
  }

  /**
   * The methods of a path, at least one.
   *
   * @throws ElacsymException {@code NOT_FOUND} when there is no such path
   */
  List<String> methods(String rawPath) {
    TreeSet<String> methods = new TreeSet<>();
    List<String> path = PathPattern.split(rawPath);
    for (int i = 0; i < routes.size(); i++) {
      if (patterns.get(i).match(path).isPresent()) {
        methods.add(routes.get(i).method());
      }
    }
    if (methods.isEmpty()) {
      throw ElacsymException.notFound(nothingAt(rawPath));
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return List.copyOf(methods);
  }

  private String nothingAt(String rawPath) {
    String nothing = "there is nothing at " + Strings.shown(rawPath);
    String bare = rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : "";
    boolean slashOnly =
        bare.startsWith("/")
            && patterns.stream()
                .anyMatch(pattern -> pattern.match(PathPattern.split(bare)).isPresent());
    return slashOnly ? nothing + "; leave out the slash at its end" : nothing;
  }
}
