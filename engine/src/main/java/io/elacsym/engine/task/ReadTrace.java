package io.elacsym.engine.task;

import io.elacsym.engine.model.QueryCost;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Counts what one query reads. It travels with the thread as a scoped value, so that readers opened
 * long before the query can report to it. One trace belongs to one thread; parallel branches get a
 * trace each, which their parent joins.
 */
public final class ReadTrace {
  private static final ScopedValue<ReadTrace> CURRENT = ScopedValue.newInstance();

  private int waves;
  private int openWaves;
  private int requests;
  private long bytes;
  private int memoryHits;
  private int diskHits;
  private long scored;

  /** The trace of this thread, if it runs inside one. */
  public static Optional<ReadTrace> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /**
   * Reports one request to the storage, which this thread has waited for, to the trace of this
   * thread. It is a wave of its own; requests of branches that run side by side are one wave.
   */
  public static void request(long byteCount) {
    if (CURRENT.isBound()) {
      ReadTrace trace = CURRENT.get();
      trace.waves++;
      trace.requests++;
      trace.bytes += byteCount;
    }
  }

  /** Runs an action that reports to this trace. */
  public <T> T call(Callable<T> action) throws Exception {
    return ScopedValue.where(CURRENT, this).call(action::call);
  }

  /** Runs an action that reports to the trace of this thread, or to a new one if it has none. */
  public static <T> T inside(Function<ReadTrace, T> action) {
    if (CURRENT.isBound()) {
      return action.apply(CURRENT.get());
    }
    ReadTrace trace = new ReadTrace();
    return ScopedValue.where(CURRENT, trace).call(() -> action.apply(trace));
  }

  /**
   * Runs an action whose reads are counted by themselves first, and then for this thread.
   *
   * @param clock for how long it took
   * @return what it gave, and what it took
   */
  public static <T> Taken<T> apart(InstantSource clock, Supplier<T> action) {
    ReadTrace trace = new ReadTrace();
    Instant start = clock.instant();
    T result = ScopedValue.where(CURRENT, trace).call(action::get);
    Duration time = Duration.between(start, clock.instant());
    if (CURRENT.isBound()) {
      CURRENT.get().join(List.of(trace));
    }
    return new Taken<>(result, trace.cost(), time);
  }

  /**
   * What an action gave, and what it took.
   *
   * @param time on the clock
   */
  public record Taken<T>(T result, QueryCost cost, Duration time) {}

  /** What nothing takes. */
  public static Taken<Boolean> nothing() {
    return new Taken<>(true, new ReadTrace().cost(), Duration.ZERO);
  }

  /** Counts a wave for which this thread has waited, of requests that another thread has sent. */
  public void waited() {
    waves++;
  }

  /** Says that every wave so far was for opening the namespace. */
  public void opened() {
    openWaves = waves;
  }

  /** Blocks found in memory. */
  public void memoryHits(int blocks) {
    memoryHits += blocks;
  }

  /** Blocks found on disk. */
  public void diskHits(int blocks) {
    diskHits += blocks;
  }

  /** Dependent rounds of requests so far. */
  int waves() {
    return waves;
  }

  /** Requests so far. */
  public int requests() {
    return requests;
  }

  public void scored(long vectors) {
    scored += vectors;
  }

  public long scored() {
    return scored;
  }

  /** Adds branches that ran side by side: their waves overlap, everything else adds up. */
  void join(Collection<ReadTrace> branches) {
    waves += branches.stream().mapToInt(branch -> branch.waves).max().orElse(0);
    branches.forEach(this::addCounts);
  }

  /** Adds what ran beside this trace since it had so many waves. */
  void join(ReadTrace beside, int since) {
    waves = Math.max(waves, since + beside.waves);
    addCounts(beside);
  }

  /** Adds what another process has read for this query while this thread waited for it. */
  public void elsewhere(QueryCost cost) {
    waves += cost.waves();
    requests += cost.requests();
    bytes += cost.bytes();
    memoryHits += cost.memoryHits();
    diskHits += cost.diskHits();
  }

  private void addCounts(ReadTrace other) {
    requests += other.requests;
    bytes += other.bytes;
    memoryHits += other.memoryHits;
    diskHits += other.diskHits;
    scored += other.scored;
  }

  public QueryCost cost() {
    return new QueryCost(waves, openWaves, requests, bytes, memoryHits, diskHits, scored);
  }
}
