package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers on one bucket, both of which write to one namespace, so that each keeps taking it
 * from the other. Meanwhile they are killed, and stopped for longer than the grace after which the
 * other deletes what they still believe in. {@code -Delacsym.blows=100 -Delacsym.seed=7} hits them
 * more often and differently.
 */
class FightIT {
  private static final int DEFAULT_BLOWS = 6;
  private static final int CLIENTS = 4;
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final String NAMESPACE = "docs";

  @TempDir Path temp;

  private final long seed = Seed.current();
  private final Random random = new Random(seed);
  private final String bucket = S3Server.shared().newBucket();
  private final List<Fighter> fighters =
      LongStream.range(0, CLIENTS).mapToObj(owner -> new Fighter(owner, seed)).toList();
  private final AtomicReferenceArray<ServerProcess> servers = new AtomicReferenceArray<>(2);
  private final Semaphore steps = new Semaphore(0);
  private final AtomicBoolean over = new AtomicBoolean();
  private int starts;

  @Test
  void whateverHappensToEitherServerAcknowledgedWritesStayAndNothingComesByHalf() throws Exception {
    int blows = Integer.getInteger("elacsym.blows", DEFAULT_BLOWS);
    System.out.println("FightIT: seed " + seed + ", " + blows + " blows");
    servers.set(0, start());
    servers.set(1, start());
    try {
      dataset(0).create();
      fight(blows);
      for (int side = 0; side < 2; side++) {
        check(dataset(side));
      }
      long epoch = dataset(0).stats().path("epoch").asLong();
      report(blows, epoch);
      assertThat(epoch).as("takeovers").isGreaterThan(blows);
    } finally {
      servers.get(0).close();
      servers.get(1).close();
    }
    try (ServerProcess fresh = start()) {
      Dataset dataset = new Dataset(fresh, NAMESPACE);
      check(dataset);
      // The servers may have been killed while one of them took over. What is in doubt then, a
      // write
      // settles, and only after it can there be no doubt.
      dataset.upsert(List.of(Doc.random(0, fighters.size(), 0, random)));
    }
    Buckets.verify(bucket, temp, configuration("s3"));
  }

  private void fight(int blows) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients = new ArrayList<>();
      for (Fighter fighter : fighters) {
        Random choice = new Random(random.nextLong());
        clients.add(
            threads.submit(() -> {
              while (!over.get()) {
                fighter.step(dataset(choice.nextInt(2)));
                steps.release();
              }
            }));
      }
      try {
        for (int blow = 0; blow < blows; blow++) {
          await(20 + random.nextInt(100), clients);
          strike(blow);
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
          "seed %d\n%s\n%s"
              .formatted(
                  seed,
                  String.join("\n", servers.get(0).log()),
                  String.join("\n", servers.get(1).log())),
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

  private void strike(int blow) throws IOException, InterruptedException {
    int side = random.nextInt(2);
    ServerProcess server = servers.get(side);
    if (random.nextInt(3) == 0) {
      System.out.println("FightIT: blow %d kills server %d".formatted(blow, side));
      server.kill();
      servers.set(side, start());
      server.close();
      return;
    }
    // For less than the grace, or so long that the other has deleted what this one believes in.
    Duration time =
        random.nextBoolean()
            ? Duration.ofMillis(100 + random.nextInt(1000))
            : GRACE.multipliedBy(2).plusMillis(random.nextInt(2000));
    System.out.println(
        "FightIT: blow %d stops server %d for %d ms".formatted(blow, side, time.toMillis()));
    server.suspend();
    try {
      Thread.sleep(time);
    } finally {
      server.resume();
    }
  }

  private Dataset dataset(int side) {
    return new Dataset(servers.get(side), NAMESPACE);
  }

  private void check(Dataset dataset) {
    fighters.forEach(fighter -> fighter.check(dataset));
  }

  private void report(int blows, long epoch) {
    SortedMap<String, Integer> answers = new TreeMap<>();
    fighters.forEach(
        fighter -> fighter.answers().forEach((kind, n) -> answers.merge(kind, n, Integer::sum)));
    System.out.println(
        ("FightIT: %d blows, %d takeovers; writes by answer: %s; %d checks; %d writes in doubt, of"
                + " which %d took effect")
            .formatted(
                blows,
                epoch,
                answers,
                fighters.stream().mapToInt(Fighter::checks).sum(),
                fighters.stream().mapToInt(Fighter::doubts).sum(),
                fighters.stream().mapToInt(Fighter::happened).sum()));
  }

  private ServerProcess start() throws IOException {
    Path directory = Files.createDirectory(temp.resolve("run-" + starts++));
    return ServerProcess.start(directory, environment(directory));
  }

  /** The storage plugin differs from life to life: they keep the same promises. */
  private Map<String, String> environment(Path directory) throws IOException {
    return Buckets.environment(
        bucket, directory, configuration(random.nextBoolean() ? "s3" : "minio"));
  }

  private static String configuration(String backend) {
    return """
    [server]
    host = "127.0.0.1"
    port = 0
    [storage]
    backend = "%s"
    [logging]
    format = "text"
    """
            .formatted(backend)
        + Buckets.small(GRACE);
  }
}
