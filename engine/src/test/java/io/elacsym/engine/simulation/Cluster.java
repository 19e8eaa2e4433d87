package io.elacsym.engine.simulation;

import io.elacsym.engine.simulation.bucket.Bucket;
import io.elacsym.engine.simulation.bucket.Weather;
import io.elacsym.engine.simulation.model.Coverage;
import io.elacsym.engine.simulation.model.Keeping;
import io.elacsym.engine.simulation.model.Ledger;
import io.elacsym.engine.simulation.model.Observer;
import io.elacsym.engine.simulation.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Processes on one bucket, and everything that watches them. */
public final class Cluster {
  private final World world;
  private final Scenario scenario;
  private final Fabric fabric;
  private final Bucket bucket;
  private final Coverage coverage = new Coverage();
  private final Ledger ledger;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Node> closing = new ArrayList<>();
  private final Map<String, Integer> preferred = new HashMap<>();
  private final List<Duration> offsets = new ArrayList<>();
  private boolean storming = true;
  private int starts;

  Cluster(World world, Scenario scenario, Fabric.Maker fabric) {
    this.world = world;
    this.scenario = scenario;
    this.fabric = fabric.of(this);
    this.bucket = new Bucket(world);
    this.ledger = new Ledger(world, coverage);
    // Clocks may differ by twice the skew, so a grace may end that much too early.
    Duration grace = scenario.grace().minus(scenario.skew().multipliedBy(2));
    bucket.watch(new Observer(ledger, new Keeping(world, bucket, grace)));
  }

  public World world() {
    return world;
  }

  public Scenario scenario() {
    return scenario;
  }

  Fabric fabric() {
    return fabric;
  }

  public Bucket bucket() {
    return bucket;
  }

  Ledger ledger() {
    return ledger;
  }

  public Coverage coverage() {
    return coverage;
  }

  /** How the storage behaves now. */
  Weather weather() {
    return storming ? scenario.weather() : Weather.CALM;
  }

  public boolean isStorming() {
    return storming;
  }

  /** From now on nothing goes wrong any more. */
  void endStorm() {
    storming = false;
  }

  /** The processes that run now, each at its place. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Starts a process at a place; what was there before has ended. */
  Node start(int place) {
    Node node = new Node(this, place, ++starts);
    if (place < nodes.size()) {
      closing.add(nodes.set(place, node));
    } else {
      nodes.add(node);
    }
    node.start();
    return node;
  }

  /** How far the clock of the machine at a place is from the true time. */
  Duration offset(int place) {
    while (offsets.size() <= place) {
      offsets.add(world.either(scenario.offset()));
    }
    return offsets.get(place);
  }

  /** Kills everything that runs. */
  void killAll() {
    nodes.forEach(Node::crash);
    nodes.clear();
  }

  /** Whether all processes that should run have nothing to do, and all others have ended. */
  boolean isIdle() {
    return fabric.isIdle()
        && nodes.stream().allMatch(Node::isIdle)
        && closing.stream().noneMatch(node -> node.host().hasThreads());
  }

  /** Whether writes to a namespace go to this process now: mostly to one, sometimes to others. */
  boolean prefers(Node node, String namespace) {
    return fabric.routes()
        || preferred.getOrDefault(namespace, 0) == node.place()
        || world.chance(scenario.stranger());
  }

  void prefer(int place, String namespace) {
    preferred.put(namespace, place);
  }

  /** Sends what went to a place to others, as whoever finds a process unresponsive does. */
  void avoid(int place) {
    for (String namespace : scenario.namespaces()) {
      if (preferred.getOrDefault(namespace, 0) == place) {
        prefer(world.random().nextInt(scenario.nodes()), namespace);
      }
    }
  }
}
