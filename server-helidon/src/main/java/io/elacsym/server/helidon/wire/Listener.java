package io.elacsym.server.helidon.wire;

import java.io.IOException;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Accepts connections, so many at most, and looks after them. That the system has no handle left
 * for the next one is no reason to end. Safe for use by many threads.
 */
public final class Listener {
  private static final System.Logger LOG = System.getLogger("io.elacsym.server");
  private static final int BACKLOG = 1024;
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(50);

  /** Connections beyond the bound that are told so at a time; others are closed without a word. */
  private static final int MOST_TURNED_AWAY = 256;

  /** A listener that has tried for this long and accepted no connection is given up. */
  private static final Duration HOPELESS = Duration.ofMinutes(1);

  /** Failures that come again within this time are one trouble, even if some accept worked. */
  private static final Duration ONE_TROUBLE = Duration.ofMinutes(1);

  private final ServerSocket server;
  private final int most;
  private final Patience patience;
  private final RequestHandler handler;
  private final ErrorForm errors;
  private final Faults faults;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<String> died = new CompletableFuture<>();
  private final Semaphore turnedAway = new Semaphore(MOST_TURNED_AWAY);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ReentrantLock leaving = new ReentrantLock();
  private final Condition empty = leaving.newCondition();

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
   * @param server not bound yet; closed by {@link #stop}, or when it cannot listen
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
    try {
      server.setReuseAddress(true);
      server.bind(address, BACKLOG);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
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
    Optional<Until> told = Optional.empty();
    while (!stopped()) {
      try {
        Socket socket = server.accept();
        hopeless = Optional.empty();
        admit(socket);
      } catch (IOException | RuntimeException | Error e) {
        if (stopped()) {
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
        }
        if (told.filter(until -> until.millis() > 0).isEmpty()) {
          LOG.log(
              System.Logger.Level.WARNING,
              "a connection cannot be accepted: " + e + "; it is tried again");
        }
        told = Optional.of(Until.in(ONE_TROUBLE));
        // A connection that waits for a request holds a file handle, which a client that has a
        // request could use.
        evict();
        stoppedWithin(PAUSE_AFTER_FAILURE);
      }
    }
  }

  private void admit(Socket socket) {
    Optional<Connection> admitted = Optional.empty();
    try {
      socket.setTcpNoDelay(true);
      Connection connection = new Connection(socket, patience, handler, errors, faults);
      admitted = Optional.of(connection);
      if (connections.size() >= most && !evict()) {
        turnAway(connection);
        return;
      }
      connections.add(connection);
      Thread.ofVirtual()
          .name("http " + connection.peer())
          .start(() -> {
            try {
              connection.run();
            } finally {
              forget(connection);
            }
          });
    } catch (IOException e) {
      // It was accepted, and is gone already.
      faults.met(Fault.LEFT, socket.getRemoteSocketAddress(), String.valueOf(e.getMessage()));
      close(socket);
    } catch (RuntimeException | Error e) {
      admitted.ifPresent(this::forget);
      close(socket);
      throw e;
    }
  }

  /** Tells one for which there is no room, and lets it read that while it may still send. */
  private void turnAway(Connection connection) {
    faults.met(Fault.FULL, connection.peer(), "too many connections");
    if (!turnedAway.tryAcquire()) {
      connection.close();
      return;
    }
    Refusal refusal =
        new Refusal(
            503, "unavailable", "the server has " + most + " connections, its bound; try later");
    boolean started = false;
    try {
      Thread.ofVirtual()
          .name("http " + connection.peer())
          .start(() -> {
            try {
              connection.turnAway(refusal);
            } finally {
              turnedAway.release();
            }
          });
      started = true;
    } finally {
      if (!started) {
        turnedAway.release();
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // What cannot be closed is closed.
    }
  }

  /**
   * Ends the connection that has waited longest for a request, if one does, or else the one that
   * has been leaving longest, which had some time to read its answer.
   */
  private boolean evict() {
    return evict(Connection::waiting, Connection::closeIfWaiting)
        || evict(Connection::leaving, Connection::closeIfLeaving);
  }

  private boolean evict(Predicate<Connection> fit, Predicate<Connection> close) {
    while (true) {
      long now = System.nanoTime();
      Optional<Connection> oldest =
          connections.stream()
              .filter(fit)
              .min(Comparator.comparingLong(connection -> connection.since() - now));
      if (oldest.isEmpty()) {
        return false;
      }
      Connection connection = oldest.get();
      if (close.test(connection)) {
        faults.met(Fault.EVICTED, connection.peer(), "its place is needed");
        forget(connection);
        return true;
      }
      // The request of this connection has come meanwhile. Another connection may still wait.
    }
  }

  private void watch() {
    while (!stoppedWithin(LOOK_EVERY)) {
      for (Connection connection : connections) {
        connection.look();
      }
    }
  }

  private boolean stopped() {
    return stopping.getCount() == 0;
  }

  private boolean stoppedWithin(Duration time) {
    try {
      return stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // This program never interrupts the thread; an interrupt can only mean that it shall end.
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void forget(Connection connection) {
    leaving.lock();
    try {
      connections.remove(connection);
      if (connections.isEmpty()) {
        empty.signalAll();
      }
    } finally {
      leaving.unlock();
    }
  }

  private void awaitEmpty(Duration time) {
    leaving.lock();
    try {
      long left = time.toNanos();
      while (!connections.isEmpty() && left > 0) {
        left = empty.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Whoever stops is in a hurry.
      Thread.currentThread().interrupt();
    } finally {
      leaving.unlock();
    }
  }

  /**
   * Stops listening, ends what waits, and gives the others this long to finish.
   *
   * @param grace for answers under way, and for clients that still send behind theirs
   */
  public void stop(Duration grace) {
    stopping.countDown();
    try {
      server.close();
    } catch (IOException e) {
      // The caller has more to stop, and the process ends, so this is only logged.
      LOG.log(System.Logger.Level.WARNING, "the listening socket cannot be closed", e);
    }
    for (Connection connection : connections) {
      connection.closeIfWaiting();
    }
    awaitEmpty(grace);
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
