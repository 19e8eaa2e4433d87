package io.elacsym.distribution.cli;

import io.elacsym.cluster.ClusterNode;
import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.engine.Engine;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.engine.settings.Seams;
import io.elacsym.server.helidon.HttpServer;
import io.elacsym.server.helidon.ServerSettings;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** An engine and its HTTP server. */
final class RunningServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RunningServer.class.getName());

  /** How long the storage may take to end what it has under way, when all else has ended. */
  private static final Duration LAST_CLOSE = Duration.ofSeconds(5);

  /** How long the last flush may take at least, also when requests have used up the grace. */
  private static final Duration LEAST_FLUSH = Duration.ofSeconds(2);

  private final Engine engine;
  private final HttpServer http;
  private final String host;
  private final Duration grace;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RunningServer(Engine engine, HttpServer http, String host, Duration grace) {
    this.engine = engine;
    this.http = http;
    this.host = host;
    this.grace = grace;
  }

  /**
   * Opens the storage and starts listening.
   *
   * @throws io.elacsym.api.ElacsymException when either fails; nothing is left open then
   */
  static RunningServer start(
      EngineSettings settings,
      ServerSettings server,
      Optional<ClusterSettings> cluster,
      Providers providers) {
    Optional<ClusterNode> node = cluster.map(known -> new ClusterNode(known, Seams.real()));
    Engine engine =
        Engine.open(settings, providers, node.map(ClusterNode::seams).orElseGet(Seams::real));
    try {
      HttpServer http = HttpServer.start(engine, server, settings.defaultMetric(), node);
      return new RunningServer(engine, http, server.host(), server.shutdownGrace());
    } catch (RuntimeException | Error e) {
      engine.close();
      throw e;
    }
  }

  /** Where a program on this machine reaches it. */
  URI url() {
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    String address = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + (everywhere ? "localhost" : address) + ":" + http.port());
  }

  /**
   * Makes the process close this server when it is told to end. If a signal tells it to (SIGTERM,
   * Ctrl-C), it then ends with 0: being stopped is no failure of a server. If code of a plugin
   * does, by {@code System.exit}, the exit code stays, so that a supervisor starts the server anew.
   */
  void stopWithProcess(Runnable before, Runnable after) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!closed.get()) {
                    before.run();
                    boolean signalled = isSignalled();
                    if (!signalled) {
                      LOG.log(
                          Level.ERROR,
                          "the process ends without a signal: code in it, such as of a plugin, has"
                              + " called System.exit");
                    }
                    close();
                    after.run();
                    if (signalled) {
                      Runtime.getRuntime().halt(0);
                    }
                  }
                },
                "stop"));
  }

  /** Whether the JVM handles a signal now: it does so on a thread named after it. */
  private static boolean isSignalled() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .anyMatch(name -> name.startsWith("SIG") && name.endsWith(" handler"));
  }

  /**
   * Waits until the server cannot serve any more although nobody has stopped it. Usually that never
   * happens, and this does not return.
   *
   * @return why
   */
  String awaitDeath() throws InterruptedException {
    try {
      return http.died().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the server ended in a way that it does not know", e);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      Instant end = Instant.now().plus(grace);
      // Each step is taken even when the one before has failed.
      try {
        try {
          http.stop();
        } finally {
          Duration left = Duration.between(Instant.now(), end);
          engine.flushAll(left.compareTo(LEAST_FLUSH) < 0 ? LEAST_FLUSH : left);
        }
      } finally {
        closeWithin(LAST_CLOSE, engine::close);
      }
    }
  }

  /**
   * Closes something, but waits no longer than {@code time}: a storage that does not answer must
   * not keep the process from ending.
   */
  static void closeWithin(Duration time, Runnable close) {
    FutureTask<?> closing = new FutureTask<>(close, null);
    Thread.ofVirtual().name("close").start(closing);
    try {
      closing.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.log(Level.WARNING, "the storage does not answer, and is left as it is");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
