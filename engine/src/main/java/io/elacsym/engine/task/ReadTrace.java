package io.elacsym.engine.task;

import io.elacsym.engine.model.QueryCost;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Counts what one query reads. It travels with the thread as a scoped value, so that readers opened
 * long before the query can report to it. One trace belongs to one thread; parallel branches get a
 * trace each, which their parent joins.
 */
public final class ReadTrace {
  private static final ScopedValue<ReadTrace> CURRENT = ScopedValue.newInstance();

  private int waves;
  private int requests;
  private long bytes;
  private int memoryHits;
  private int diskHits;
  private long scored;

  /** The trace of this thread, if it runs inside one. */
  public static Optional<ReadTrace> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** Runs an action that reports to this trace. */
  public <T> T call(Callable<T> action) throws Exception {
    return ScopedValue.where(CURRENT, this).call(action::call);
  }

  /** One round of requests that were sent together. */
  public void wave(int requestCount, long byteCount) {
    waves++;
    requests += requestCount;
    bytes += byteCount;
  }

  public void memoryHit() {
    memoryHits++;
  }

  public void diskHit() {
    diskHits++;
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
    for (ReadTrace branch : branches) {
      requests += branch.requests;
      bytes += branch.bytes;
      memoryHits += branch.memoryHits;
      diskHits += branch.diskHits;
      scored += branch.scored;
    }
  }

  public QueryCost cost() {
    return new QueryCost(waves, requests, bytes, memoryHits, diskHits, scored);
  }
}
