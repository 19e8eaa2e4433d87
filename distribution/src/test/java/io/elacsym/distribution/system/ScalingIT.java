package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.it.ServerProcess;
import io.elacsym.tck.Seed;
import io.elacsym.testing.s3.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A single node to which others are added while clients write and check, each of which takes its
 * share of the namespaces; then all but one are told to end. Nodes find each other in the bucket,
 * so none is told of another. {@code -Delacsym.nodes=5} goes further.
 */
class ScalingIT {
  private static final int DEFAULT_NODES = 3;
  private static final int NAMESPACES = 16;
  private static final int CLIENTS = 3;

  private static final String SMALL = Buckets.small(Duration.ofSeconds(10));

  @TempDir Path temp;

  private final long seed = Seed.current();
  private final String bucket = S3Server.shared().newBucket();
  private final List<String> names =
      IntStream.range(0, NAMESPACES).mapToObj(i -> "ns-" + i).toList();
  private final List<Fighter> fighters =
      IntStream.range(0, CLIENTS).mapToObj(owner -> new Fighter(owner, seed)).toList();
  private final List<Pulse> pulses = names.stream().map(Pulse::new).toList();
  private final CopyOnWriteArrayList<ServerProcess> nodes = new CopyOnWriteArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void nodesThatComeTakeTheirShareAndNodesThatGoGiveItBack() throws Exception {
    int most = Integer.getInteger("elacsym.nodes", DEFAULT_NODES);
    System.out.println("ScalingIT: seed " + seed + ", 1 to " + most + " nodes and back");
    NodeProcess processes = NodeProcess.withoutLists(temp, bucket, most);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      nodes.add(processes.start(0, SMALL));
      names.forEach(name -> new Dataset(nodes.getFirst(), name).create());
      List<Future<?>> clients = clients(threads);
      try {
        for (int number = 1; number < most; number++) {
          nodes.add(processes.start(number, SMALL));
        }
        await("every node writes some namespaces", () -> writers() == most, clients);
        say("from 1 to " + most + " nodes");
        while (nodes.size() > 1) {
          ServerProcess leaving = nodes.removeLast();
          assertThat(leaving.stop()).as("exit code: %s", leaving.log()).isZero();
          leaving.close();
        }
        await(
            "the last node writes all of them",
            () -> writing(nodes.getFirst()) == NAMESPACES,
            clients);
        say("from " + most + " nodes to 1");
      } finally {
        over.set(true);
      }
      for (Future<?> client : clients) {
        client.get();
      }
      for (int i = 0; i < CLIENTS; i++) {
        fighters.get(i).check(new Dataset(nodes.getFirst(), names.get(i)));
      }
      assertThat(fighters.stream().mapToInt(Fighter::checks).sum()).isPositive();
      assertThat(nodes.getFirst().stop()).isZero();
    } finally {
      nodes.forEach(ServerProcess::close);
    }
    Buckets.verify(bucket, temp, "[storage]\nbackend = \"s3\"\n" + SMALL);
  }

  private List<Future<?>> clients(ExecutorService threads) {
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Fighter fighter = fighters.get(i);
      String name = names.get(i);
      Random choice = new Random(seed + i);
      clients.add(
          threads.submit(() -> {
            while (!over.get()) {
              fighter.step(new Dataset(any(choice), name));
            }
          }));
    }
    for (Pulse pulse : pulses) {
      clients.add(threads.submit(() -> pulse.run(() -> any(ThreadLocalRandom.current()), over)));
    }
    return clients;
  }

  /** A node that clients know. One that is told to end is taken out first, as a proxy does. */
  private ServerProcess any(Random choice) {
    List<ServerProcess> now = List.copyOf(nodes);
    return now.get(choice.nextInt(now.size()));
  }

  private long writers() {
    return nodes.stream().filter(node -> writing(node) > 0).count();
  }

  private static int writing(ServerProcess node) {
    try {
      JsonNode self = node.send("GET", "/v1/cluster/node", "").json();
      return self.path("writing").asInt();
    } catch (IOException e) {
      throw new AssertionError(node.log().toString(), e);
    }
  }

  private void await(String what, BooleanSupplier reached, List<Future<?>> clients)
      throws InterruptedException {
    Instant end = Instant.now().plusSeconds(2L * Installation.PATIENCE_SECONDS);
    while (!reached.getAsBoolean()) {
      assertThat(clients).as("a client failed").noneMatch(Future::isDone);
      assertThat(Instant.now())
          .as("%s: %s", what, nodes.stream().map(ScalingIT::writing).toList())
          .isBefore(end);
      Thread.sleep(500);
    }
  }

  private void say(String what) {
    Duration gap = pulses.stream().map(Pulse::longestGap).max(Duration::compareTo).orElseThrow();
    System.out.println(
        "ScalingIT: %s: longest time without an acknowledged write %d ms; namespaces that each node writes %s"
            .formatted(what, gap.toMillis(), nodes.stream().map(ScalingIT::writing).toList()));
  }
}
