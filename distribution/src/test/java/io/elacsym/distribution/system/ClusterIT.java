package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.it.ServerProcess;
import io.elacsym.tck.Seed;
import io.elacsym.testing.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three indexers and two query nodes on one bucket, with clients that speak to any of them.
 * Meanwhile nodes are killed, stopped and told to end, and come back. {@code -Delacsym.blows=150
 * -Delacsym.seed=7} hits them for about twenty minutes, and differently.
 */
class ClusterIT {
  private static final int DEFAULT_BLOWS = 5;
  private static final int CLIENTS = 4;
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final List<String> NAMESPACES = List.of("ants", "bees", "cats");

  private static final String SMALL = Buckets.small(GRACE);

  @TempDir Path temp;

  private final long seed = Seed.current();
  private final Random random = new Random(seed);
  private final String bucket = S3Server.shared().newBucket();
  private final List<Fighter> fighters =
      LongStream.range(0, CLIENTS).mapToObj(owner -> new Fighter(owner, seed)).toList();
  private final List<Pulse> pulses = NAMESPACES.stream().map(Pulse::new).toList();
  private final Semaphore steps = new Semaphore(0);
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void whateverHappensToAnyNodeAcknowledgedWritesStayAndEveryNodeAnswersRightly() throws Exception {
    int blows = Integer.getInteger("elacsym.blows", DEFAULT_BLOWS);
    System.out.println("ClusterIT: seed " + seed + ", " + blows + " blows");
    NodeProcess processes = new NodeProcess(temp, bucket, 3, 2);
    AtomicReferenceArray<ServerProcess> nodes = new AtomicReferenceArray<>(processes.count());
    try {
      for (int number = 0; number < processes.count(); number++) {
        nodes.set(number, processes.start(number, SMALL));
      }
      for (String namespace : NAMESPACES) {
        new Dataset(nodes.get(random.nextInt(nodes.length())), namespace).create();
      }
      storm(processes, nodes, blows);
      checkAll(nodes);
      report(nodes, blows);
    } finally {
      for (int number = 0; number < nodes.length(); number++) {
        ServerProcess node = nodes.get(number);
        if (node != null) {
          node.close();
        }
      }
    }
    // What a takeover left in doubt when its node was killed, a write settles.
    NodeProcess alone = new NodeProcess(Files.createDirectory(temp.resolve("alone")), bucket, 1, 0);
    try (ServerProcess fresh = alone.start(0, SMALL)) {
      for (int i = 0; i < CLIENTS; i++) {
        fighters.get(i).check(new Dataset(fresh, namespace(i)));
      }
      for (String namespace : NAMESPACES) {
        new Dataset(fresh, namespace).upsert(List.of(Doc.random(0, fighters.size(), 0, random)));
      }
    }
    Buckets.verify(bucket, temp, "[storage]\nbackend = \"s3\"\n" + SMALL);
  }

  private static String namespace(int client) {
    return NAMESPACES.get(client % NAMESPACES.size());
  }

  private void storm(NodeProcess processes, AtomicReferenceArray<ServerProcess> nodes, int blows)
      throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Fighter fighter = fighters.get(i);
        String namespace = namespace(i);
        Random choice = new Random(random.nextLong());
        clients.add(
            threads.submit(() -> {
              while (!over.get()) {
                fighter.step(new Dataset(nodes.get(choice.nextInt(nodes.length())), namespace));
                steps.release();
              }
            }));
      }
      for (Pulse pulse : pulses) {
        clients.add(
            threads.submit(() ->
                pulse.run(
                    () -> nodes.get(ThreadLocalRandom.current().nextInt(nodes.length())), over)));
      }
      try {
        List<String> outages = new ArrayList<>();
        for (int blow = 0; blow < blows; blow++) {
          await(20 + random.nextInt(60), clients);
          pulses.forEach(Pulse::longestGap);
          String what = strike(blow, processes, nodes);
          await(20, clients);
          Duration gap =
              pulses.stream().map(Pulse::longestGap).max(Duration::compareTo).orElseThrow();
          outages.add(what + ": " + gap.toMillis() + " ms");
          System.out.println("ClusterIT: blow " + blow + ", " + outages.getLast());
        }
        await(100, clients);
      } finally {
        over.set(true);
      }
      for (Future<?> client : clients) {
        client.get();
      }
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "seed "
              + seed
              + "\n"
              + String.join(
                  "\n",
                  IntStream.range(0, nodes.length())
                      .mapToObj(number ->
                          processes.id(number) + "\n" + String.join("\n", nodes.get(number).log()))
                      .toList()),
          e);
    }
  }

  /** Waits until the clients have got somewhere from here, or one of them has failed. */
  private void await(int count, List<Future<?>> clients) throws InterruptedException {
    steps.drainPermits();
    for (long waited = 0; !steps.tryAcquire(count, 1, TimeUnit.SECONDS); waited++) {
      assertThat(clients).as("a client failed").noneMatch(Future::isDone);
      assertThat(waited).as("seconds without progress").isLessThan(Installation.PATIENCE_SECONDS);
    }
  }

  /** Does something to a node, each kind in its turn; says what. */
  private String strike(int blow, NodeProcess processes, AtomicReferenceArray<ServerProcess> nodes)
      throws IOException, InterruptedException {
    int number = random.nextInt(nodes.length());
    ServerProcess node = nodes.get(number);
    Duration pause = Duration.ofMillis(500 + random.nextInt(7_500));
    String what;
    switch (blow % 3) {
      case 0 -> {
        what = "kill -9";
        node.kill();
        Thread.sleep(pause);
        nodes.set(number, processes.start(number, SMALL));
        node.close();
      }
      case 1 -> {
        what = "SIGSTOP";
        node.suspend();
        try {
          Thread.sleep(pause);
        } finally {
          node.resume();
        }
      }
      default -> {
        what = "SIGTERM";
        assertThat(node.stop()).as("exit code after SIGTERM: %s", node.log()).isZero();
        nodes.set(number, processes.start(number, SMALL));
        node.close();
      }
    }
    return "%s of %s, for %d ms".formatted(what, processes.id(number), pause.toMillis());
  }

  private void checkAll(AtomicReferenceArray<ServerProcess> nodes) {
    for (int number = 0; number < nodes.length(); number++) {
      for (int i = 0; i < CLIENTS; i++) {
        fighters.get(i).check(new Dataset(nodes.get(number), namespace(i)));
      }
    }
  }

  private void report(AtomicReferenceArray<ServerProcess> nodes, int blows) {
    SortedMap<String, Integer> answers = new TreeMap<>();
    fighters.forEach(
        fighter -> fighter.answers().forEach((kind, n) -> answers.merge(kind, n, Integer::sum)));
    JsonNode cluster = nodes.get(0).get("/v1/cluster");
    assertThat(cluster.path("nodes")).hasSize(nodes.length());
    System.out.println(
        ("ClusterIT: %d blows; writes by answer: %s; %d checks; %d writes in doubt, of which %d took"
                + " effect; %d pulses")
            .formatted(
                blows,
                answers,
                fighters.stream().mapToInt(Fighter::checks).sum(),
                fighters.stream().mapToInt(Fighter::doubts).sum(),
                fighters.stream().mapToInt(Fighter::happened).sum(),
                pulses.stream().mapToLong(Pulse::acknowledged).sum()));
  }
}
