package io.elacsym.server.helidon;

import io.elacsym.api.storage.Storage;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A storage that can be told not to answer, which knows nothing of deadlines. */
final class StuckStorage {
  private final FaultyStorage storage;
  private volatile CountDownLatch hanging = new CountDownLatch(0);

  StuckStorage(Storage inner) {
    this.storage = new FaultyStorage(inner, FaultPlan.none(), time -> await());
  }

  FaultyStorage storage() {
    return storage;
  }

  private void await() {
    try {
      hanging.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on nothing is answered. */
  void hang() {
    hanging = new CountDownLatch(1);
    storage.follow(request -> new Fault.Slow(Duration.ofHours(1)));
  }

  /** Answers everything, also what has waited. */
  void release() {
    storage.follow(FaultPlan.none());
    hanging.countDown();
  }
}
