/**
 * The HTTP server: the {@code /v1} interface, {@code /health} and {@code /metrics} over one {@link
 * io.elacsym.engine.Engine}.
 *
 * <p>{@link io.elacsym.server.helidon.HttpServer#start} is the way in. A request takes one path
 * through the module: {@code wire} reads its head from the connection and frames its body, Helidon
 * calls the gateway of the root package, which finds its route, checks what is the same for all
 * routes and turns every failure into the one error form; an endpoint reads the body with the
 * readers of {@code json}, which know no schema, calls the engine, which checks it, and writes the
 * answer, which Helidon sends. The command line's import and export read and write schemas with
 * {@code json}, too.
 */
@SuppressWarnings("module") // the module it is exported to is built after this one
module io.elacsym.server.helidon {
  requires transitive io.elacsym.cluster;
  requires transitive io.elacsym.engine;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires io.helidon.common.buffers;
  requires io.helidon.common.concurrency.limits;
  requires io.helidon.common.context;
  requires io.helidon.common.socket;
  requires io.helidon.http;
  requires io.helidon.http.encoding;
  requires io.helidon.http.media;
  requires io.helidon.webserver;
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.instrumentation.jvm;
  requires io.prometheus.metrics.model;
  requires io.prometheus.writer.text;
  requires java.net.http;
  requires jdk.management;
  requires static org.jspecify;

  exports io.elacsym.server.helidon;
  exports io.elacsym.server.helidon.json to
      io.elacsym.distribution;
}
