package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.cluster.ClusterNode;
import io.elacsym.engine.Engine;
import io.elacsym.server.helidon.wire.Faults;
import io.elacsym.server.helidon.wire.HelidonSide;
import io.elacsym.server.helidon.wire.Listener;
import io.elacsym.server.helidon.wire.Patience;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.http.DirectHandlers;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A running HTTP server over an engine. It does not own the engine: close that after {@link #stop}.
 * Safe for use by many threads.
 */
public final class HttpServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.elacsym.server");

  /** For clients that still send behind their answer, or have not read all of it. */
  private static final Duration LAST_GRACE = Duration.ofMillis(200);

  private final Listener listener;
  private final InFlight inFlight;
  private final Carriers carriers;
  private final Optional<Standing> standing;
  private final Duration grace;

  private HttpServer(
      Listener listener,
      InFlight inFlight,
      Carriers carriers,
      Optional<Standing> standing,
      Duration grace) {
    this.listener = listener;
    this.inFlight = inFlight;
    this.carriers = carriers;
    this.standing = standing;
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
    return start(engine, settings, defaultMetric, Optional.empty());
  }

  /**
   * Starts listening, as a node of a cluster if there is one, which then joins the others.
   *
   * @param node whose seams the engine was opened with; {@link #stop} makes it leave
   */
  public static HttpServer start(
      Engine engine, ServerSettings settings, Metric defaultMetric, Optional<ClusterNode> node) {
    return start(engine, settings, defaultMetric, node, HttpServer::serverSocket);
  }

  /** As above, over a socket of the caller's choice, not bound yet. */
  static HttpServer start(
      Engine engine,
      ServerSettings settings,
      Metric defaultMetric,
      Supplier<ServerSocket> sockets) {
    return start(engine, settings, defaultMetric, Optional.empty(), sockets);
  }

  private static HttpServer start(
      Engine engine,
      ServerSettings settings,
      Metric defaultMetric,
      Optional<ClusterNode> node,
      Supplier<ServerSocket> sockets) {
    InFlight inFlight = new InFlight();
    Optional<Standing> standing =
        node.map(joining -> new Standing(joining, new Courier(), inFlight));
    try {
      return start(engine, settings, defaultMetric, standing, inFlight, sockets);
    } catch (RuntimeException | Error e) {
      standing.ifPresent(HttpServer::end);
      throw e;
    }
  }

  private static void end(Standing standing) {
    standing.node().close();
    standing.courier().close();
  }

  private static HttpServer start(
      Engine engine,
      ServerSettings settings,
      Metric defaultMetric,
      Optional<Standing> standing,
      InFlight inFlight,
      Supplier<ServerSocket> sockets) {
    standing.ifPresent(here -> here.node().join(engine, here.courier()));
    BodyLimits bodies = new BodyLimits(settings);
    AnswerLimits answers = new AnswerLimits(settings);
    Faults faults = new Faults();
    ServerMetrics metrics = new ServerMetrics(engine, inFlight, bodies, answers, faults, version());
    Works works = new Works(settings.connections().max(), engine::heldUpBy);
    metrics.works(works);
    Gateway gateway =
        new Gateway(
            Routes.of(engine, metrics, defaultMetric, standing),
            metrics,
            new Intake(bodies),
            works,
            answers,
            inFlight,
            new Visitors(settings.allowedOrigins(), hosts(settings, standing)),
            new RequestTime(settings.requestTimeout(), settings.maxRequestTimeout()),
            standing.map(here -> new Forwarding(engine, here, bodies)));
    standing.ifPresent(metrics::cluster);
    DirectHandlers.Builder failures = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      failures.addHandler(type, new ProtocolErrors());
    }
    ConnectionSettings connections = settings.connections();
    InetAddress address = address(settings.host());
    Listener listener;
    try {
      listener =
          Listener.start(
              sockets.get(),
              new InetSocketAddress(address, settings.port()),
              connections.max(),
              patience(connections),
              new HelidonSide(gateway, failures.build()),
              ErrorAnswer::body,
              faults);
    } catch (IOException e) {
      throw new ElacsymException(
          ErrorKind.UNAVAILABLE,
          "cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + "; is another server running there?",
          e);
    }
    metrics.connections(listener);
    if (!address.isLoopbackAddress()) {
      LOG.log(
          System.Logger.Level.INFO,
          "there is no authentication: whoever reaches "
              + settings.host()
              + ":"
              + listener.port()
              + " may read, write and delete");
    }
    Carriers carriers = Carriers.start(engine::tellOverduePlugins);
    return new HttpServer(listener, inFlight, carriers, standing, settings.shutdownGrace());
  }

  /** Other nodes call this one by its address in the cluster, whatever clients may call it. */
  private static List<String> hosts(ServerSettings settings, Optional<Standing> standing) {
    if (settings.allowedHosts().isEmpty() || standing.isEmpty()) {
      return settings.allowedHosts();
    }
    return Stream.concat(
            settings.allowedHosts().stream(), standing.get().node().settings().ownHost().stream())
        .toList();
  }

  private static ServerSocket serverSocket() {
    try {
      return new ServerSocket();
    } catch (IOException e) {
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "no socket can be had to listen on", e);
    }
  }

  private static Patience patience(ConnectionSettings settings) {
    return new Patience(
        settings.head(),
        settings.idle(),
        settings.bodyIdle(),
        settings.body(),
        settings.answerIdle(),
        settings.answer());
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
    return listener.port();
  }

  /**
   * Completed, with the reason, if the server can accept no more connections though nobody has
   * stopped it. It does not recover: the process should end, so that a supervisor starts it anew.
   */
  public CompletionStage<String> died() {
    return listener.died();
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
    standing.ifPresent(here -> here.node().leave(grace.dividedBy(2)));
    inFlight.drain(grace);
    listener.stop(LAST_GRACE);
    carriers.close();
    standing.ifPresent(HttpServer::end);
  }

  @Override
  public void close() {
    stop();
  }
}
