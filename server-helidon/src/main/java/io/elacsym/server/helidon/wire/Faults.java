package io.elacsym.server.helidon.wire;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often each fault was met. Safe for use by many threads. */
public final class Faults {
  private static final System.Logger LOG = System.getLogger("io.elacsym.server");

  private final Map<Fault, LongAdder> counts = new EnumMap<>(Fault.class);

  /** Nothing was met yet. */
  public Faults() {
    for (Fault fault : Fault.values()) {
      counts.put(fault, new LongAdder());
    }
  }

  /** How often a fault was met. */
  public long count(Fault fault) {
    return counter(fault).sum();
  }

  /** Counts a fault and says it in one line, for those who look for it. */
  void met(Fault fault, Object peer, String what) {
    counter(fault).increment();
    LOG.log(System.Logger.Level.DEBUG, "connection from {0} ({1}): {2}", peer, fault.label(), what);
  }

  private LongAdder counter(Fault fault) {
    LongAdder counter = counts.get(fault);
    if (counter == null) {
      throw new IllegalStateException("no counter of " + fault);
    }
    return counter;
  }
}
