package io.elacsym.benchmarks.texts;

import io.elacsym.benchmarks.measure.Latencies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** How often and how long things are timed in turns, so that whatever goes on beside meets all. */
final class Turns {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each kind is timed. Default: ${DEFAULT-VALUE}")
  private int rounds = 30;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description =
          "For how many seconds all are asked in turns before any is timed, so that the compiler is"
              + " done with them. Default: ${DEFAULT-VALUE}")
  private int warmUp = 60;

  /** Asks one query. */
  @FunctionalInterface
  interface Ask<Q> {
    void of(Q query) throws IOException;
  }

  /** Queries, and how each of them is asked. */
  record Kind<Q>(List<Q> queries, Ask<Q> ask) {
    /** The median of one round. */
    double micros() throws IOException {
      long[] nanos = new long[queries.size()];
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        ask.of(queries.get(i));
        nanos[i] = System.nanoTime() - start;
      }
      return new Latencies(nanos).millis(50) * 1_000;
    }
  }

  /** For the head of a report. */
  @Override
  public String toString() {
    return warmUp + " s of warm-up, " + rounds + " rounds";
  }

  void warmUp(List<? extends Kind<?>> kinds) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUp);
    while (System.nanoTime() - end < 0) {
      for (Kind<?> kind : kinds) {
        kind.micros();
      }
    }
  }

  /** Of each kind, in that order, the median of its rounds in microseconds. */
  List<Double> medians(List<? extends Kind<?>> kinds) throws IOException {
    List<List<Double>> micros = new ArrayList<>();
    kinds.forEach(_ -> micros.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int kind = 0; kind < kinds.size(); kind++) {
        micros.get(kind).add(kinds.get(kind).micros());
      }
    }
    return micros.stream().map(own -> own.stream().sorted().toList().get(rounds / 2)).toList();
  }
}
