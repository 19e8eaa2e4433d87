package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.engine.Engine;
import io.helidon.http.DirectHandler;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import java.lang.module.ModuleDescriptor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * A running HTTP server over an engine. It does not own the engine: close that after {@link #stop}.
 * Safe for use by many threads.
 */
public final class HttpServer implements AutoCloseable {
  /**
   * Bytes that a too long body may go on after its limit and still get a proper answer: they are
   * read and dropped, so that the client is not cut off before it reads its 413.
   */
  private static final long TOLERATED_EXCESS = 64L << 20;

  /** For connections without a request, which Helidon cannot tell from busy ones when it stops. */
  private static final Duration IDLE_GRACE = Duration.ofMillis(200);

  private final WebServer server;
  private final InFlight inFlight;
  private final Duration grace;
  private final int port;

  private HttpServer(WebServer server, InFlight inFlight, Duration grace) {
    this.server = server;
    this.port = server.port();
    this.inFlight = inFlight;
    this.grace = grace;
  }

  /**
   * Starts listening.
   *
   * @param defaultMetric of vectors whose schema names none
   * @throws ElacsymException {@code INVALID_REQUEST} when the host has no address, {@code
   *     UNAVAILABLE} when the port cannot be had
   */
  public static HttpServer start(Engine engine, ServerSettings settings, Metric defaultMetric) {
    InFlight inFlight = new InFlight();
    BodyLimits bodies = new BodyLimits(settings);
    AnswerLimits answers = new AnswerLimits(settings);
    ServerMetrics metrics = new ServerMetrics(engine, inFlight, bodies, answers, version());
    Routes routes = Routes.of(engine, metrics, defaultMetric);
    Gateway gateway = new Gateway(routes, metrics, bodies, answers, inFlight);
    DirectHandlers.Builder failures = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      failures.addHandler(type, new ProtocolErrors());
    }
    WebServer server =
        WebServer.builder()
            .address(address(settings.host()))
            .port(settings.port())
            .shutdownHook(false)
            .shutdownGracePeriod(IDLE_GRACE)
            .maxPayloadSize(settings.maxBodyBytes() + TOLERATED_EXCESS)
            .contentEncoding(
                ContentEncodingContext.builder()
                    .contentEncodingsDiscoverServices(false)
                    .addContentEncoding(new GzipRequests())
                    .build())
            .directHandlers(failures.build())
            .routing(HttpRouting.builder().any(gateway))
            .addConnectionSelector(new Http10Selector())
            .build()
            .start();
    if (!server.isRunning()) {
      throw new ElacsymException(
          ErrorKind.UNAVAILABLE,
          "cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + "; is another server running there?");
    }
    return new HttpServer(server, inFlight, settings.shutdownGrace());
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new ElacsymException(
          ErrorKind.INVALID_REQUEST,
          "server.host is '" + host + "', expected an address of this machine",
          e);
    }
  }

  /** The port it listens on, or did. */
  public int port() {
    return port;
  }

  /** The version of this module; {@code unknown} when it was not built as one. */
  public static String version() {
    return Optional.ofNullable(HttpServer.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .or(() -> Optional.ofNullable(HttpServer.class.getPackage().getImplementationVersion()))
        .orElse("unknown");
  }

  /**
   * Stops: new requests get 503, those under way may finish for as long as the grace allows, then
   * all connections are closed. An acknowledged write is durable, whatever happens here. Calling it
   * again does nothing.
   */
  public void stop() {
    // First, so that Helidon, which interrupts what it takes for idle, meets no request that works.
    inFlight.drain(grace);
    server.stop();
  }

  @Override
  public void close() {
    stop();
  }
}
