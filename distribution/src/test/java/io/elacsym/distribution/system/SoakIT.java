package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.it.ServerProcess;
import io.elacsym.tck.Seed;
import io.elacsym.testing.s3.S3Server;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed load on a bucket for a while, with the server restarted now and then, by hand or by {@code
 * kill -9}: nothing is lost, memory and disk stay within their bounds, and in the end every object
 * in the bucket is accounted for. {@code -Delacsym.soak.seconds=1800 -Delacsym.soak.restarts=10} is
 * a long one.
 */
class SoakIT {
  private static final int SECONDS = Integer.getInteger("elacsym.soak.seconds", 20);
  private static final int RESTARTS = Integer.getInteger("elacsym.soak.restarts", 2);
  private static final int WRITERS = 4;
  private static final int READERS = 2;
  private static final String NAMESPACE = "docs";
  private static final long HEAP = 512L << 20;
  private static final long DISK_CACHE = 32L << 20;

  private static final String CONFIGURATION =
      """
      [server]
      host = "127.0.0.1"
      port = 0
      [storage]
      backend = "s3"
      [cache]
      memory_size = "16MB"
      disk_size = "%d"
      [write]
      flush_rows = 500
      flush_age = "5s"
      [compaction]
      interval_secs = 5
      [history]
      versions = 3
      max_age = "5s"
      [reaper]
      grace = "5s"
      [logging]
      format = "text"
      """
          .formatted(DISK_CACHE);

  @TempDir Path temp;

  private final long seed = Seed.current();
  private final Random random = new Random(seed);
  private final String bucket = S3Server.shared().newBucket();
  private final List<Fighter> writers =
      LongStream.range(0, WRITERS).mapToObj(owner -> new Fighter(owner, seed)).toList();

  @SuppressWarnings("NullAway.Init") // set before the first use
  private volatile ServerProcess server;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong queries = new AtomicLong();
  private long largestMemory;
  private long largestDisk;
  private int starts;

  @Test
  void mixedLoadWithRestartsLosesNothingAndStaysWithinItsBounds() throws Exception {
    System.out.println(
        "SoakIT: seed %d, %d seconds, %d restarts".formatted(seed, SECONDS, RESTARTS));
    server = start();
    dataset().create();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients = new ArrayList<>();
      writers.forEach(writer -> clients.add(threads.submit(() -> write(writer))));
      for (int i = 0; i < READERS; i++) {
        Random own = new Random(random.nextLong());
        clients.add(threads.submit(() -> read(own)));
      }
      try {
        for (int life = 0; life <= RESTARTS; life++) {
          if (life > 0) {
            restart(life);
          }
          live(Duration.ofMillis(SECONDS * 1000L / (RESTARTS + 1)), clients);
        }
      } finally {
        over.set(true);
      }
      for (Future<?> client : clients) {
        client.get();
      }
      writers.forEach(writer -> writer.check(dataset()));
      settle();
      assertThat(server.send("GET", "/metrics", "").body())
          .contains("elacsym_storage_requests_total{operation=\"put\"}");
      assertThat(server.stop()).isZero();
    } catch (Exception | AssertionError e) {
      throw new AssertionError("seed " + seed + "\n" + String.join("\n", server.log()), e);
    } finally {
      server.close();
    }
    try (ServerProcess fresh = start()) {
      writers.forEach(writer -> writer.check(new Dataset(fresh, NAMESPACE)));
    }
    List<String> verified = verify();
    report(verified);
    assertThat(verified.getLast()).isEqualTo("Nothing is damaged.");
    assertThat(verified)
        .as("objects that nothing names")
        .noneMatch(line -> line.contains("notice"));
  }

  private void write(Fighter writer) {
    while (!over.get()) {
      writer.step(dataset());
    }
  }

  private void read(Random choice) {
    while (!over.get()) {
      try {
        ServerProcess.Answer answer =
            server.send("POST", "/v1/namespaces/docs/query", query(choice), Duration.ofSeconds(20));
        assertThat(answer.status()).as(answer.body()).isIn(200, 409, 503);
        queries.incrementAndGet();
      } catch (IOException e) {
        // The server is being restarted; the next one answers.
        Thread.onSpinWait();
      }
    }
  }

  private static String query(Random choice) {
    String vector = "\"vector\":" + Doc.randomVector(choice);
    String text =
        "\"full_text\":{\"fields\":[\"title\",\"body\"],\"query\":\"" + Doc.word(choice) + "\"}";
    String filter =
        "\"filter\":{\"field\":\"year\",\"op\":\"gte\",\"value\":"
            + (2000 + choice.nextInt(10))
            + "}";
    return "{"
        + switch (choice.nextInt(4)) {
          case 0 -> vector;
          case 1 -> text;
          case 2 -> vector + "," + filter;
          default -> vector + "," + text;
        }
        + ",\"top_k\":10}";
  }

  private Dataset dataset() {
    return new Dataset(server, NAMESPACE);
  }

  private void live(Duration time, List<Future<?>> clients)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(time);
    while (Instant.now().isBefore(end)) {
      Thread.sleep(500);
      assertThat(clients).as("a client failed").noneMatch(Future::isDone);
      measure();
    }
  }

  private void measure() throws IOException {
    Path status = Path.of("/proc", Long.toString(server.pid()), "status");
    if (Files.exists(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmRSS:")) {
          long bytes = Long.parseLong(line.replaceAll("\\D", "")) << 10;
          largestMemory = Math.max(largestMemory, bytes);
        }
      }
    }
    long disk = bytes(cache());
    largestDisk = Math.max(largestDisk, disk);
    // Besides the heap: code, threads, buffers of connections, and the JVM itself.
    assertThat(largestMemory).as("bytes of memory").isLessThan(HEAP + (512L << 20));
    assertThat(largestDisk).as("bytes of disk cache").isLessThan(DISK_CACHE + (8L << 20));
  }

  private Path cache() {
    return temp.resolve("cache");
  }

  /** What the files of a folder have together, of which some go while they are counted. */
  private static long bytes(Path folder) throws IOException {
    LongAdder bytes = new LongAdder();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.add(attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return bytes.sum();
  }

  private void restart(int life) throws IOException {
    ServerProcess before = server;
    boolean kill = random.nextBoolean();
    System.out.println("SoakIT: restart %d, by %s".formatted(life, kill ? "kill -9" : "SIGTERM"));
    if (kill) {
      before.kill();
    } else {
      assertThat(before.stop()).isZero();
    }
    server = start();
    before.close();
  }

  /** Nobody writes: everything is flushed, then what is not needed is deleted after the grace. */
  private void settle() throws InterruptedException {
    dataset().post("/compact", "");
    Thread.sleep(Duration.ofSeconds(25));
  }

  private ServerProcess start() throws IOException {
    Path directory = Files.createDirectory(temp.resolve("run-" + starts++));
    return ServerProcess.start(directory, environment(directory));
  }

  /** All lives share one disk cache, as those of a real server do. */
  private Map<String, String> environment(Path directory) throws IOException {
    Map<String, String> environment = Buckets.environment(bucket, directory, CONFIGURATION);
    environment.put("ELACSYM_CACHE_DISK_PATH", cache().toString());
    return environment;
  }

  private List<String> verify() throws IOException {
    Path directory = Files.createDirectory(temp.resolve("verify"));
    Installation.Ended verified = Installation.run(directory, environment(directory), "verify");
    assertThat(verified.code()).as("%s", verified).isZero();
    return verified.out();
  }

  private void report(List<String> verified) {
    System.out.println(
        ("SoakIT: %d acknowledged writes, %d in doubt, %d checks, %d queries; at most %d MB of memory"
                + " and %d MB of disk cache")
            .formatted(
                writers.stream().mapToInt(Fighter::writes).sum(),
                writers.stream().mapToInt(Fighter::doubts).sum(),
                writers.stream().mapToInt(Fighter::checks).sum(),
                queries.get(),
                largestMemory >> 20,
                largestDisk >> 20));
    verified.forEach(line -> System.out.println("SoakIT: " + line));
  }
}
