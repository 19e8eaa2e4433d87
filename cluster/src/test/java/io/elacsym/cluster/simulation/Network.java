package io.elacsym.cluster.simulation;

import io.elacsym.cluster.ClusterNode;
import io.elacsym.cluster.member.NodeReport;
import io.elacsym.cluster.member.Peers;
import io.elacsym.engine.Engine;
import io.elacsym.engine.simulation.Node;
import io.elacsym.engine.simulation.world.Wait;
import io.elacsym.engine.simulation.world.World;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Between nodes: messages take a while, and links break in one direction or both. */
final class Network {
  private static final Duration FASTEST = Duration.ofNanos(100_000);
  private static final Duration SLOWEST = Duration.ofMillis(30);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ASK = Duration.ofMillis(1_500);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final Duration PATIENCE_IN_CALM = Duration.ofMinutes(10);

  private final World world;
  private final Map<String, Station> stations = new HashMap<>();
  private final Set<Link> cut = new HashSet<>();
  private int serving;

  Network(World world) {
    this.world = world;
  }

  /** A node that can be reached. */
  record Station(Node node, ClusterNode cluster, Engine engine) {
    String id() {
      return cluster.settings().node().id();
    }
  }

  private record Link(String from, String to) {}

  /** What became of a message. */
  sealed interface Fate<T> {
    /** It was answered. */
    record Answered<T>(T answer) implements Fate<T> {}

    /** It has surely not arrived. */
    record NotArrived<T>() implements Fate<T> {}

    /** It may have arrived. */
    record Unknown<T>() implements Fate<T> {}
  }

  /** A node has come up; another one of its name is gone. */
  void add(Station station) {
    stations.put(station.id(), station);
  }

  /** Breaks a link for a while. */
  void cut(String from, String to, Duration time) {
    Link link = new Link(from, to);
    if (cut.add(link)) {
      world.log("the link from " + from + " to " + to + " breaks for " + time);
      world.after(time, () -> cut.remove(link));
    }
  }

  /** The others that there ever were. */
  List<String> others(String id) {
    return stations.keySet().stream().filter(other -> !other.equals(id)).sorted().toList();
  }

  /**
   * Sends a message and waits for the answer, on a thread of the sender.
   *
   * @param serve on a thread of the receiver
   * @param givenUp whether the sender waits no longer
   */
  <T> Fate<T> send(
      Node from,
      String sender,
      String receiver,
      Function<Station, T> serve,
      Duration patience,
      Supplier<Boolean> givenUp) {
    from.host().sleep(world.between(FASTEST, SLOWEST));
    Station station = stations.get(receiver);
    if (station == null || !station.node().host().isAlive() || station.node().engine().isEmpty()) {
      return new Fate.NotArrived<>();
    }
    if (cut.contains(new Link(sender, receiver))) {
      from.host().sleep(CONNECT.compareTo(patience) < 0 ? CONNECT : patience);
      return new Fate.NotArrived<>();
    }
    Call<T> call = new Call<>();
    station
        .node()
        .host()
        .start(
            "serve " + sender,
            () -> {
              T answer = counted(() -> serve.apply(station));
              // What a dead process says nobody hears.
              if (station.node().host().isAlive() && !cut.contains(new Link(receiver, sender))) {
                world.after(world.between(FASTEST, SLOWEST), () -> call.answer(answer));
              }
            });
    Instant end = world.now().plus(patience);
    while (call.answer.isEmpty()) {
      if (!world.now().isBefore(end) || givenUp.get()) {
        return new Fate.Unknown<>();
      }
      Wait wait = from.host().newWait();
      call.waiting = Optional.of(wait);
      world.after(LOOK, wait::end);
      wait.await();
    }
    return new Fate.Answered<>(call.answer.get());
  }

  private <T> T counted(Supplier<T> work) {
    serving++;
    try {
      return work.get();
    } finally {
      serving--;
    }
  }

  /** Whether no node works at what another one has sent. */
  boolean isIdle() {
    return serving == 0;
  }

  private static final class Call<T> {
    private Optional<T> answer = Optional.empty();
    private Optional<Wait> waiting = Optional.empty();

    void answer(T value) {
      answer = Optional.of(value);
      waiting.ifPresent(Wait::end);
    }
  }

  /** How a node asks the others how they are. */
  Peers peers(Node node, String id) {
    return new Peers() {
      @Override
      public NodeReport ask(URI url) throws IOException {
        Fate<NodeReport> fate =
            send(
                node,
                id,
                url.getHost(),
                station -> station.cluster().report("simulated", 0),
                ASK,
                () -> false);
        if (fate instanceof Fate.Answered<NodeReport>(NodeReport report)) {
          return report;
        }
        throw new IOException("no answer");
      }

      @Override
      public byte[] search(URI url, String namespace, byte[] question, Duration atMost)
          throws IOException {
        throw new IOException("no leaves are simulated");
      }

      @Override
      public List<String> resolve(String host) {
        return List.of(host);
      }
    };
  }

  /** How long a request waits for its answer: in calm, longer than any object takes. */
  static Duration patience(boolean storming) {
    return storming ? PATIENCE : PATIENCE_IN_CALM;
  }
}
