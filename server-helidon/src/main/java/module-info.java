/**
 * The HTTP server: the {@code /v1} interface, {@code /health} and {@code /metrics} over one {@link
 * io.elacsym.engine.Engine}.
 *
 * <p>{@link io.elacsym.server.helidon.HttpServer#start} is the way in. A request takes one path
 * through the module: Helidon reads it, the gateway of the root package finds its route, checks
 * what is the same for all routes and turns every failure into the one error form; an endpoint
 * reads the body with the readers of {@code mapping}, calls the engine and writes the answer.
 * {@code json} holds the readers and writers that other programs (the command line's import and
 * export) share with the server.
 */
module io.elacsym.server.helidon {
  requires transitive io.elacsym.engine;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires io.helidon.common.buffers;
  requires io.helidon.common.socket;
  requires io.helidon.http;
  requires io.helidon.http.encoding;
  requires io.helidon.webserver;
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.instrumentation.jvm;
  requires io.prometheus.metrics.model;
  requires io.prometheus.writer.text;
  requires static org.jspecify;

  exports io.elacsym.server.helidon;
  exports io.elacsym.server.helidon.json;
}
