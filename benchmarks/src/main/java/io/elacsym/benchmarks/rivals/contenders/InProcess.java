package io.elacsym.benchmarks.rivals.contenders;

import io.elacsym.benchmarks.sets.VectorSet;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures an index of this process. */
final class InProcess implements Contender {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private final String name;
  private final boolean ours;
  private final String parameters;
  private final List<Setting> settings;
  private final Index index;
  private List<float[]> queries = List.of();

  InProcess(String name, boolean ours, String parameters, List<Setting> settings, Index index) {
    this.name = name;
    this.ours = ours;
    this.parameters = parameters;
    this.settings = List.copyOf(settings);
    this.index = index;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isOurs() {
    return ours;
  }

  @Override
  public String parameters() {
    return parameters;
  }

  @Override
  public List<Setting> settings() {
    return settings;
  }

  @Override
  public Built build(VectorSet set) throws Exception {
    queries = set.queries();
    long start = System.nanoTime();
    Duration cpuStart = cpuTime();
    index.build(set);
    double cpu = cpuTime().minus(cpuStart).toMillis() / 1e3;
    return new Built(cpu, (System.nanoTime() - start) / 1e9, index.bytes());
  }

  private static Duration cpuTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public boolean accept(Optional<BitSet> items) throws Exception {
    index.accept(items);
    return true;
  }

  @Override
  public Found search(Setting setting, int[] asked, int k) throws Exception {
    Index.Searcher searcher = index.searcher();
    int[][] items = new int[asked.length][];
    long start = CPU.getCurrentThreadCpuTime();
    for (int q = 0; q < asked.length; q++) {
      items[q] = searcher.search(queries.get(asked[q]), k, setting);
    }
    return new Found(items, (CPU.getCurrentThreadCpuTime() - start) / 1e3 / asked.length);
  }

  @Override
  public OptionalDouble throughput(Setting setting, int[] asked, int k, int clients)
      throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        Index.Searcher searcher = index.searcher();
        int first = asked.length * client / clients;
        work.add(() -> {
          int hits = 0;
          for (int q = 0; q < asked.length; q++) {
            int query = asked[(first + q) % asked.length];
            hits += searcher.search(queries.get(query), k, setting).length;
          }
          return hits;
        });
      }
      long start = System.nanoTime();
      for (Future<Integer> one : threads.invokeAll(work)) {
        var _ = one.get();
      }
      return OptionalDouble.of(1e9 * clients * asked.length / (System.nanoTime() - start));
    }
  }

  @Override
  public void close() throws Exception {
    index.close();
  }
}
