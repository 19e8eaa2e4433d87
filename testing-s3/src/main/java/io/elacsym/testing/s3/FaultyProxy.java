package io.elacsym.testing.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Stands in front of a plain HTTP server and makes its network slow or bad: each request can be
 * held back for a while, and the next ones of a kind can suffer a {@link Fault}. Requests are told
 * apart on connections that are kept alive and used again. Safe for use by many threads.
 */
public final class FaultyProxy implements AutoCloseable {
  /** So many of the last requests are remembered. */
  private static final int REMEMBERED = 10_000;

  private final URI server;
  private final ServerSocket listener;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final Queue<Planned> planned = new ArrayDeque<>();
  private final ArrayDeque<RequestHead> requests = new ArrayDeque<>();
  private final AtomicInteger connectionCount = new AtomicInteger();
  private long requestCount;
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean closed;

  private record Planned(Predicate<RequestHead> which, Fault fault) {}

  private FaultyProxy(URI server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("faulty-proxy").start(this::accept);
  }

  /** Starts one in front of a server such as {@code http://127.0.0.1:9000}. */
  public static FaultyProxy before(URI server) {
    if (!"http".equals(server.getScheme())) {
      throw new IllegalArgumentException(server + " is not plain HTTP, which is all that is read");
    }
    try {
      return new FaultyProxy(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients connect to in place of the server. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Holds back each request from now on, those on different connections at the same time. */
  public FaultyProxy delay(Duration perRequest) {
    delay = perRequest;
    return this;
  }

  /** The next request that has no fault planned yet suffers this one. */
  public FaultyProxy next(Fault fault) {
    return next(1, request -> true, fault);
  }

  /** The next requests of a kind suffer this, those with an earlier plan left out. */
  public synchronized FaultyProxy next(int times, Predicate<RequestHead> which, Fault fault) {
    for (int i = 0; i < times; i++) {
      planned.add(new Planned(which, fault));
    }
    return this;
  }

  /** How many planned faults have not happened yet. */
  public synchronized int outstanding() {
    return planned.size();
  }

  /** Gives up the faults that have not happened yet. */
  public synchronized void behave() {
    planned.clear();
  }

  /** How many requests came in since the start or the last {@link #forget}. */
  public synchronized long requestCount() {
    return requestCount;
  }

  /** How many connections came in since the start. */
  public int connectionCount() {
    return connectionCount.get();
  }

  /** The last requests since the start or the last {@link #forget}, at most 10,000. */
  public synchronized List<RequestHead> requests() {
    return new ArrayList<>(requests);
  }

  /** Starts to count and remember anew. */
  public synchronized void forget() {
    requests.clear();
    requestCount = 0;
  }

  Duration delay() {
    return delay;
  }

  /** Takes note of a request and returns what is to happen to it. */
  synchronized Optional<Fault> arrived(RequestHead request) {
    requestCount++;
    requests.add(request);
    if (requests.size() > REMEMBERED) {
      requests.remove();
    }
    for (Iterator<Planned> plans = planned.iterator(); plans.hasNext(); ) {
      Planned plan = plans.next();
      if (plan.which().test(request)) {
        plans.remove();
        return Optional.of(plan.fault());
      }
    }
    return Optional.empty();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = listener.accept();
        connectionCount.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        if (!closed) {
          throw new UncheckedIOException("the proxy cannot accept connections any more", e);
        }
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket()) {
      upstream.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      upstream.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      ProxiedConnection connection = new ProxiedConnection(this, client, upstream);
      connections.add(connection);
      try {
        if (!closed) {
          connection.run();
        }
      } finally {
        connections.remove(connection);
      }
    } catch (IOException e) {
      // The server is away, or one of the two hung up: the client sees its connection end.
    }
  }

  /** Cuts all connections and takes no more. */
  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    connections.forEach(ProxiedConnection::cut);
  }
}
