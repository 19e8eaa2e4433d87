package io.elacsym.engine.simulation;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.Engine;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.simulation.bucket.Connection;
import io.elacsym.engine.simulation.model.Session;
import io.elacsym.engine.simulation.world.Host;
import io.elacsym.engine.simulation.world.World;
import io.elacsym.engine.system.TestEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** One process of the cluster, from its start to its end: an engine, and clients that use it. */
public final class Node {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final int place;
  private final Host host;
  private final Session session = new Session();
  private Duration clockError = Duration.ZERO;
  private Optional<Engine> engine = Optional.empty();
  private Optional<Access> access = Optional.empty();
  private int clients;
  private int busyClients;
  private boolean closing;

  Node(Cluster cluster, int place, int start) {
    this.cluster = cluster;
    this.place = place;
    this.host = cluster.world().host("n" + place + "." + start);
    jumpClock();
  }

  public int place() {
    return place;
  }

  public Host host() {
    return host;
  }

  Session session() {
    return session;
  }

  public Cluster cluster() {
    return cluster;
  }

  /** Sets the clock anew, within the bound. */
  void jumpClock() {
    clockError = cluster.offset(place).plus(cluster.world().either(cluster.scenario().skew()));
  }

  private Instant clock() {
    return cluster.world().now().plus(clockError);
  }

  /** Starts the process: opens an engine, then lets clients use it. */
  void start() {
    host.start(
        "main",
        () -> {
          Engine opened = open();
          Access joined = cluster.fabric().join(this, opened);
          engine = Optional.of(opened);
          access = Optional.of(joined);
          for (int number = 1; number <= cluster.scenario().clients(); number++) {
            startClient(new Client(this, opened, joined)::run);
          }
        });
  }

  /** Lets somebody use the engine. */
  void startClient(Runnable work) {
    busyClients++;
    host.start(
        "client " + ++clients,
        () -> {
          work.run();
          busyClients--;
        });
  }

  /** The engine; empty until it is open. */
  public Optional<Engine> engine() {
    return engine;
  }

  /** How requests that come to this process reach an engine; there when its engine is. */
  Access access() {
    return access.orElseThrow();
  }

  /** Whether it has come up, stays up, and all its clients have done their work. */
  boolean isIdle() {
    return host.isAlive() && !closing && engine.isPresent() && busyClients == 0;
  }

  public boolean isClosing() {
    return closing;
  }

  /** Stops the process as an operator does. */
  void close() {
    closing = true;
    host.start(
        "close",
        () ->
            engine.ifPresent(open -> {
              cluster.fabric().leave(this);
              open.close();
            }));
  }

  /** Opens an engine; tries again while the storage fails. */
  private Engine open() {
    World world = cluster.world();
    Seams seams =
        cluster
            .fabric()
            .seams(
                this,
                new Seams(
                    this::clock,
                    () -> HexFormat.of().toHexDigits(world.random().nextLong()),
                    1,
                    new NodeTasks(host)));
    while (true) {
      try {
        return TestEngine.open(
            new Connection(world, cluster.bucket(), host, cluster::weather),
            cluster.scenario().settings(),
            seams);
      } catch (ElacsymException e) {
        if (e.kind() != ErrorKind.UNAVAILABLE) {
          throw e;
        }
        host.sleep(RETRY);
      }
    }
  }

  /** Lets the process stand still, with what it was about to send. */
  void freeze() {
    host.freeze();
    cluster.bucket().hold(host);
  }

  /** Ends a freeze. */
  void goOn() {
    host.thaw();
    cluster.bucket().release(host);
  }

  /** Kills the process. What it has sent may still arrive. */
  void crash() {
    host.kill();
    cluster.bucket().senderDied(host);
  }
}
