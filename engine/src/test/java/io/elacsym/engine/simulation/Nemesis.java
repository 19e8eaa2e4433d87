package io.elacsym.engine.simulation;

import io.elacsym.engine.simulation.world.Host;
import io.elacsym.engine.simulation.world.Wait;
import io.elacsym.engine.simulation.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Kills, stops and stalls processes, moves clocks, and sends the clients to other processes. */
final class Nemesis {
  private static final Duration SHORTEST = Duration.ofMillis(10);

  /** Longer than a request that deletes a manifest can take effect. */
  private static final Duration LONGEST_PURGE = Duration.ofSeconds(100);

  /** Requests at which a process may be hit. */
  private static final List<String> KINDS =
      List.of("", "/wal/", "wal if absent", "manifest.json over", "list ", "delete ", "segments/");

  /** Those at which it matters where namespaces come and go. */
  private static final List<String> KINDS_OF_ENDS =
      List.of(" before ", " before ", "wal if absent", "manifest.json if absent", "folders ");

  private final Cluster cluster;
  private final Host host;
  private final World world;
  private final Random random;

  Nemesis(Cluster cluster, Host host) {
    this.cluster = cluster;
    this.host = host;
    this.world = cluster.world();
    this.random = world.random();
  }

  void start() {
    Scenario scenario = cluster.scenario();
    repeat("crashes", scenario.crashes(), this::crash);
    repeat("freezes", scenario.freezes(), this::freeze);
    repeat("readers", scenario.freezes(), this::freezeAReader);
    repeat("large objects", scenario.freezes(), this::slowAnObject);
    repeat("clocks", scenario.grace(), () -> someNode().jumpClock());
    if (scenario.comeAndGo()) {
      repeat("purges", scenario.grace(), this::sleepBeforeTheLastDelete);
    }
    if (cluster.fabric().routes()) {
      repeat("network", scenario.storm().dividedBy(6), () -> cluster.fabric().disturb(someNode()));
    }
    repeat("preferences", scenario.storm().dividedBy(4), this::prefer);
  }

  private void repeat(String what, Duration mean, Runnable action) {
    if (mean.compareTo(cluster.scenario().storm()) > 0) {
      return;
    }
    host.start(
        what,
        () -> {
          while (true) {
            host.sleep(world.between(SHORTEST, mean.multipliedBy(2)));
            if (!cluster.isStorming()) {
              return;
            }
            action.run();
          }
        });
  }

  private Node someNode() {
    return cluster.nodes().get(random.nextInt(cluster.nodes().size()));
  }

  /** Ends a process, by force or not, and starts another one in its place after a while. */
  private void crash() {
    Node node = someNode();
    if (!node.host().isAlive() || node.isClosing()) {
      return;
    }
    if (random.nextInt(4) > 0 || node.engine().isEmpty()) {
      if (!awaitRequest(node.host())) {
        return;
      }
      world.log(node.host().name() + "  crashes");
      cluster.coverage().saw("crash");
      node.crash();
    } else {
      world.log(node.host().name() + "  closes");
      cluster.coverage().saw("close");
      node.goOn();
      node.close();
    }
    cluster.avoid(node.place());
    host.sleep(world.between(SHORTEST, cluster.scenario().grace()));
    cluster.start(node.place());
  }

  /**
   * Lets a process stand still for a while: for longer than what it has read stays true, or for so
   * short a time that it does not notice.
   */
  private void freeze() {
    Node node = someNode();
    if (!node.host().isAlive() || node.host().isFrozen()) {
      return;
    }
    Duration grace = cluster.scenario().grace();
    Duration time =
        random.nextBoolean()
            ? world.between(grace.dividedBy(16), grace.dividedBy(4))
            : world.between(grace.dividedBy(4), grace.multipliedBy(6));
    if (!awaitRequest(node.host())) {
      return;
    }
    world.log(node.host().name() + "  freezes for " + time);
    cluster.coverage().saw(time.compareTo(grace) > 0 ? "freeze beyond the grace" : "freeze");
    node.freeze();
    cluster.avoid(node.place());
    overtake(node);
    host.sleep(time);
    if (node.host().isFrozen()) {
      world.log(node.host().name() + "  goes on");
      node.goOn();
    }
  }

  /** Lets an object of a segment take longer than a grace, as a large one may. */
  private void slowAnObject() {
    Duration grace = cluster.scenario().grace();
    cluster
        .bucket()
        .slowNextRequest(
            someNode().host(),
            what -> what.startsWith("put ") && what.contains("/segments/"),
            world.between(grace, grace.multipliedBy(4)));
    cluster.coverage().saw("slow object");
  }

  /**
   * Lets a process stand still that has read a manifest and now asks for the WAL behind it, while
   * another process goes on with both.
   */
  private void freezeAReader() {
    Node node = someNode();
    if (!node.host().isAlive()) {
      return;
    }
    Wait wait = host.newWait();
    cluster
        .bucket()
        .atNextRequest(
            node.host(),
            what -> what.startsWith("get ") && what.contains("/manifest.json"),
            () ->
                cluster
                    .bucket()
                    .atNextRequest(
                        node.host(),
                        what -> what.startsWith("list ") && what.contains("/wal/"),
                        wait::end));
    Duration grace = cluster.scenario().grace();
    world.after(grace, wait::end);
    wait.await();
    if (!cluster.isStorming() || !node.host().isAlive() || node.host().isFrozen()) {
      return;
    }
    cluster.coverage().saw("freeze of a reader");
    node.freeze();
    cluster.avoid(node.place());
    overtake(node);
    host.sleep(
        random.nextBoolean()
            ? world.between(SHORTEST, grace.dividedBy(2))
            : world.between(grace, grace.multipliedBy(4)));
    if (node.host().isFrozen()) {
      node.goOn();
    }
  }

  /**
   * Lets a process stand still that is about to delete a manifest, for as long as others may wait
   * for it and longer, while somebody makes the namespace again.
   */
  private void sleepBeforeTheLastDelete() {
    List<Node> sent = new ArrayList<>();
    Wait wait = host.newWait();
    for (Node node : cluster.nodes()) {
      cluster
          .bucket()
          .atNextRequest(
              node.host(),
              what -> what.startsWith("delete ") && what.contains("/manifest.json"),
              () -> {
                sent.add(node);
                wait.end();
              });
    }
    world.after(cluster.scenario().grace().multipliedBy(3), wait::end);
    wait.await();
    if (sent.isEmpty() || !cluster.isStorming()) {
      return;
    }
    Node node = sent.getFirst();
    if (!node.host().isAlive() || node.host().isFrozen() || node.isClosing()) {
      return;
    }
    cluster.coverage().saw("freeze before the last delete");
    node.freeze();
    cluster.avoid(node.place());
    for (Node other : cluster.nodes()) {
      if (other != node && other.host().isAlive() && !other.host().isFrozen()) {
        other
            .engine()
            .ifPresent(engine ->
                other.startClient(
                    () -> new Client(other, engine, other.access()).makeAgain(LONGEST_PURGE)));
      }
    }
    host.sleep(world.between(SHORTEST, LONGEST_PURGE));
    if (node.host().isFrozen()) {
      node.goOn();
    }
  }

  /** Lets another process change what this one, which stands still, has just looked at. */
  private void overtake(Node frozen) {
    List<Node> others =
        cluster.nodes().stream()
            .filter(node ->
                node != frozen
                    && node.host().isAlive()
                    && !node.host().isFrozen()
                    && !node.isClosing())
            .toList();
    if (others.isEmpty()) {
      return;
    }
    Node node = others.get(random.nextInt(others.size()));
    List<String> namespaces = cluster.scenario().namespaces();
    String namespace = namespaces.get(random.nextInt(namespaces.size()));
    node.engine()
        .ifPresent(engine ->
            node.startClient(() -> new Client(node, engine, node.access()).overtake(namespace)));
  }

  /**
   * Waits until a process has sent a request: then it matters what happens to it.
   *
   * @return false when it is too late to do it any harm
   */
  private boolean awaitRequest(Host process) {
    List<String> kinds =
        cluster.scenario().comeAndGo() && random.nextBoolean() ? KINDS_OF_ENDS : KINDS;
    String kind = kinds.get(random.nextInt(kinds.size()));
    Wait wait = host.newWait();
    cluster.bucket().atNextRequest(process, what -> what.contains(kind), wait::end);
    world.after(cluster.scenario().grace().multipliedBy(2), wait::end);
    wait.await();
    return cluster.isStorming() && process.isAlive();
  }

  private void prefer() {
    for (String namespace : cluster.scenario().namespaces()) {
      cluster.prefer(random.nextInt(cluster.scenario().nodes()), namespace);
    }
  }
}
