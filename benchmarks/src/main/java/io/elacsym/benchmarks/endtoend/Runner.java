package io.elacsym.benchmarks.endtoend;

import io.elacsym.benchmarks.measure.Latencies;
import io.elacsym.benchmarks.server.Client;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Sends the calls of a workload and takes their times, as a client sees them. */
final class Runner {
  /**
   * What came of a run.
   *
   * @param latencies of single calls
   * @param cpuMillis CPU time of the server for one call, with whatever else it did meanwhile
   * @param answers the body that each request got at first
   */
  record Outcome(Latencies latencies, double cpuMillis, List<byte[]> answers) {}

  private final Client client;
  private final Supplier<Duration> cpuTime;
  private final int warmups;
  private final int calls;

  /**
   * A runner.
   *
   * @param cpuTime of the server so far
   * @param warmups calls before the clock is started
   * @param calls measured calls; a shorter workload is repeated
   */
  Runner(Client client, Supplier<Duration> cpuTime, int warmups, int calls) {
    this.client = client;
    this.cpuTime = cpuTime;
    this.warmups = warmups;
    this.calls = calls;
  }

  /** One call after the other. */
  Outcome run(Workload workload) {
    List<HttpRequest> requests = workload.requests();
    for (int i = 0; i < warmups; i++) {
      client.send(requests.get(i % requests.size()));
    }
    int count = Math.max(calls, requests.size());
    long[] nanos = new long[count];
    List<byte[]> answers = new ArrayList<>();
    Duration cpuBefore = cpuTime.get();
    for (int i = 0; i < count; i++) {
      HttpRequest request = requests.get(i % requests.size());
      long start = System.nanoTime();
      byte[] answer = client.send(request);
      nanos[i] = System.nanoTime() - start;
      if (i < requests.size()) {
        answers.add(answer);
      }
    }
    double cpuMillis = cpuTime.get().minus(cpuBefore).toNanos() / 1e6 / count;
    return new Outcome(new Latencies(nanos), cpuMillis, answers);
  }

  /** Calls per second with some callers at a time. */
  double throughput(Workload workload, int callers) throws Exception {
    List<HttpRequest> requests = workload.requests();
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Future<?>> running = new ArrayList<>();
      long start = System.nanoTime();
      for (int c = 0; c < callers; c++) {
        int first = c;
        running.add(
            threads.submit(() -> {
              for (int i = first; i < calls; i += callers) {
                client.send(requests.get(i % requests.size()));
              }
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
      return calls / ((System.nanoTime() - start) / 1e9);
    }
  }
}
