package io.elacsym.cluster.simulation;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.cluster.ClusterNode;
import io.elacsym.cluster.route.Arrival;
import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.cluster.settings.Role;
import io.elacsym.cluster.simulation.Network.Station;
import io.elacsym.cluster.simulation.RoutedErrand.Answer;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.settings.Succession;
import io.elacsym.engine.simulation.Access;
import io.elacsym.engine.simulation.Cluster;
import io.elacsym.engine.simulation.Fabric;
import io.elacsym.engine.simulation.Node;
import io.elacsym.engine.simulation.model.Session;
import io.elacsym.engine.simulation.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Processes as nodes of a cluster, whose lists may be out of date and whose links break: membership
 * that lies.
 */
final class RoutedFabric implements Fabric {
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration LEAVE = Duration.ofSeconds(5);

  private final World world;
  private final Network network;
  private final int indexers;
  private final boolean allDoBoth;
  private final double forgotten;
  private final int replicas;
  private final Map<Node, ClusterNode> nodes = new HashMap<>();
  private final int count;

  RoutedFabric(Cluster cluster) {
    this.world = cluster.world();
    this.network = new Network(world);
    this.count = cluster.scenario().nodes();
    this.indexers = 1 + world.random().nextInt(count);
    this.allDoBoth = world.random().nextInt(4) == 0;
    this.forgotten = world.random().nextInt(3) == 0 ? 0.3 : 0;
    this.replicas = 1 + world.random().nextInt(2);
  }

  private static String id(int place) {
    return "n" + place;
  }

  private Role role(int place) {
    if (allDoBoth) {
      return Role.BOTH;
    }
    return place < indexers ? Role.INDEXER : Role.QUERY;
  }

  /** What a node is configured with: its lists may lack others. */
  private ClusterSettings settings(int place) {
    List<String> writers = new ArrayList<>();
    List<String> readers = new ArrayList<>();
    for (int other = 0; other < count; other++) {
      if (other != place && world.chance(forgotten)) {
        continue;
      }
      if (role(other) != Role.QUERY) {
        writers.add(id(other));
      }
      if (role(other) != Role.INDEXER) {
        readers.add(id(other));
      }
    }
    if (writers.isEmpty()) {
      writers.add(id(0));
    }
    Map<String, String> values = new HashMap<>();
    values.put("enabled", "true");
    values.put("node_id", id(place));
    values.put("role", role(place).id());
    values.put("replicas", Integer.toString(replicas));
    values.put("indexer_cluster.nodes", String.join(",", writers));
    if (!readers.isEmpty()) {
      values.put("query_cluster.nodes", String.join(",", readers));
    }
    return ClusterSettings.of(values).orElseThrow();
  }

  @Override
  public Seams seams(Node node, Seams seams) {
    ClusterNode cluster = new ClusterNode(settings(node.place()), seams);
    nodes.put(node, cluster);
    return cluster.seams().with(new Watched(cluster));
  }

  /** Sees to it that no node writes whose role forbids it. */
  private final class Watched implements Succession {
    private final ClusterNode cluster;

    Watched(ClusterNode cluster) {
      this.cluster = cluster;
    }

    @Override
    public Optional<String> self() {
      return cluster.router().self();
    }

    @Override
    public Verdict mayTakeOver(String namespace, Optional<String> writer) {
      return cluster.router().mayTakeOver(namespace, writer);
    }

    @Override
    public void tookOver(String namespace) {
      if (cluster.settings().node().role() == Role.QUERY) {
        world.fail("a query node has taken over " + namespace);
      }
      cluster.router().tookOver(namespace);
    }
  }

  @Override
  public Access join(Node node, Engine engine) {
    ClusterNode cluster = nodes.get(node);
    if (cluster == null) {
      throw new IllegalStateException("a node joins that has no seams");
    }
    Station station = new Station(node, cluster, engine);
    while (true) {
      try {
        cluster.join(engine, network.peers(node, station.id()));
        break;
      } catch (ElacsymException e) {
        if (e.kind() != ErrorKind.UNAVAILABLE && e.kind() != ErrorKind.CORRUPT) {
          throw e;
        }
        node.host().sleep(RETRY);
      }
    }
    network.add(station);
    return new Routed(station);
  }

  /** Requests of clients that speak to one node of the cluster. */
  private final class Routed implements Access {
    private final Station station;
    private final Session session = new Session();

    Routed(Station station) {
      this.station = station;
    }

    @Override
    public <T> T change(String namespace, Function<Engine, T> request) {
      return value(namespace, true, request);
    }

    @Override
    public <T> T read(String namespace, Function<Engine, T> request) {
      return value(namespace, false, request);
    }

    private <T> T value(String namespace, boolean changes, Function<Engine, T> request) {
      Answer<T> answer =
          new RoutedErrand<>(network, station, namespace, changes, Arrival.FROM_CLIENT, request)
              .route();
      return switch (answer) {
        case Answer.Value<T>(T value) -> value;
        case Answer.Failure<T>(ElacsymException error) -> throw error;
      };
    }

    @Override
    public Session session(Consistency consistency) {
      // Eventual reads may come from one node now and from another, which is behind it, then.
      return consistency == Consistency.STRONG ? session : new Session();
    }
  }

  @Override
  public boolean routes() {
    return true;
  }

  @Override
  public void disturb(Node node) {
    String id = id(node.place());
    List<String> others = network.others(id);
    if (others.isEmpty()) {
      return;
    }
    String other = others.get(world.random().nextInt(others.size()));
    Duration time = world.between(Duration.ofMillis(100), Duration.ofSeconds(20));
    boolean there = world.random().nextBoolean();
    if (there) {
      network.cut(id, other, time);
    }
    if (!there || world.random().nextBoolean()) {
      network.cut(other, id, time);
    }
  }

  @Override
  public boolean isIdle() {
    return network.isIdle();
  }

  @Override
  public void leave(Node node) {
    ClusterNode cluster = nodes.get(node);
    if (cluster != null) {
      cluster.leave(LEAVE);
      cluster.close();
    }
  }
}
