package io.elacsym.server.helidon.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Accepts connections, so many at most, and looks after them. That the system has no handle left
 * for the next one is no reason to end. Safe for use by many threads.
 */
public final class Listener {
  private static final System.Logger LOG = System.getLogger("io.elacsym.server");
  private static final int BACKLOG = 1024;
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(50);

  /** Who has accepted nobody for this long, though it tried, is of no use any more. */
  private static final Duration HOPELESS = Duration.ofMinutes(1);

  private final ServerSocket server;
  private final int most;
  private final Patience patience;
  private final RequestHandler handler;
  private final ErrorForm errors;
  private final Faults faults;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<String> died = new CompletableFuture<>();
  private volatile boolean stopping;

  private Listener(
      ServerSocket server,
      int most,
      Patience patience,
      RequestHandler handler,
      ErrorForm errors,
      Faults faults) {
    this.server = server;
    this.most = most;
    this.patience = patience;
    this.handler = handler;
    this.errors = errors;
    this.faults = faults;
  }

  /**
   * Starts listening.
   *
   * @param server not bound yet
   * @param most connections at a time
   * @throws IOException when the address cannot be had
   */
  public static Listener start(
      ServerSocket server,
      InetSocketAddress address,
      int most,
      Patience patience,
      HelidonSide helidon,
      ErrorForm errors,
      Faults faults)
      throws IOException {
    server.setReuseAddress(true);
    server.bind(address, BACKLOG);
    Listener listener = new Listener(server, most, patience, helidon::answer, errors, faults);
    Thread.ofPlatform().name("elacsym-http-listener").start(listener::listen);
    Thread.ofPlatform().name("elacsym-http-watch").daemon().start(listener::watch);
    return listener;
  }

  /** The port it listens on, or did. */
  public int port() {
    return server.getLocalPort();
  }

  /** Connections that are open. */
  public int connections() {
    return connections.size();
  }

  /** Completed, with the reason, when it can accept no more though nobody has stopped it. */
  public CompletionStage<String> died() {
    return died.minimalCompletionStage();
  }

  private void listen() {
    Optional<Until> hopeless = Optional.empty();
    while (!stopping) {
      try {
        Socket socket = server.accept();
        hopeless = Optional.empty();
        admit(socket);
      } catch (IOException | RuntimeException | Error e) {
        if (stopping) {
          return;
        }
        faults.met(Fault.ACCEPT, "nobody", String.valueOf(e));
        if (server.isClosed() || hopeless.filter(until -> until.millis() == 0).isPresent()) {
          String reason = "connections cannot be accepted any more: " + e;
          LOG.log(System.Logger.Level.ERROR, reason);
          died.complete(reason);
          return;
        }
        if (hopeless.isEmpty()) {
          hopeless = Optional.of(Until.in(HOPELESS));
          LOG.log(
              System.Logger.Level.WARNING,
              "a connection cannot be accepted: " + e + "; it is tried again");
        }
        // What waits for a request holds a handle that somebody who has one could use.
        evict();
        pause(PAUSE_AFTER_FAILURE);
      }
    }
  }

  private void admit(Socket socket) throws IOException {
    boolean started = false;
    try {
      if (connections.size() >= most && !evict()) {
        faults.met(Fault.FULL, socket.getRemoteSocketAddress(), "too many connections");
        Refusal refusal =
            new Refusal(
                503,
                "unavailable",
                "the server has " + most + " connections, its bound; try later");
        socket.getOutputStream().write(Connection.answer(refusal, errors));
        return;
      }
      socket.setTcpNoDelay(true);
      Connection connection = new Connection(socket, patience, handler, errors, faults);
      connections.add(connection);
      Thread.ofVirtual()
          .name("http " + connection.peer())
          .start(() -> {
            try {
              connection.run();
            } finally {
              connections.remove(connection);
            }
          });
      started = true;
    } finally {
      if (!started) {
        socket.close();
      }
    }
  }

  /** Ends the connection that has waited longest for a request, if one does. */
  private boolean evict() {
    long now = System.nanoTime();
    Optional<Connection> oldest =
        connections.stream()
            .filter(Connection::waiting)
            .min(Comparator.comparingLong(connection -> connection.since() - now));
    if (oldest.isEmpty()) {
      return false;
    }
    Connection connection = oldest.get();
    if (connection.closeIfWaiting()) {
      faults.met(Fault.EVICTED, connection.peer(), "its place is needed");
      connections.remove(connection);
      return true;
    }
    // Its request has come meanwhile. Another one may still wait.
    return evict();
  }

  private void watch() {
    while (!stopping || !connections.isEmpty()) {
      for (Connection connection : connections) {
        connection.look();
      }
      pause(LOOK_EVERY);
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Stops listening, ends what waits, and gives what answers this long to finish.
   *
   * @param grace for those that have their answer and are about to end
   */
  public void stop(Duration grace) {
    stopping = true;
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Connection connection : connections) {
      connection.closeIfWaiting();
    }
    Until end = Until.in(grace);
    while (!connections.isEmpty() && end.millis() > 0) {
      pause(Duration.ofMillis(5));
    }
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
