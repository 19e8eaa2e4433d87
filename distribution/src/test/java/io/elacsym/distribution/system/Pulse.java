package io.elacsym.distribution.system;

import io.elacsym.distribution.it.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Writes to one namespace without end, and notes for how long no write was acknowledged. */
final class Pulse {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String namespace;
  private final List<Duration> gaps = new ArrayList<>();
  private long acknowledged;

  Pulse(String namespace) {
    this.namespace = namespace;
  }

  /**
   * Writes until it is over.
   *
   * @param nodes gives one that a client may speak to now
   */
  void run(Supplier<ServerProcess> nodes, AtomicBoolean over) {
    long last = System.nanoTime();
    while (!over.get()) {
      boolean done = write(nodes.get());
      long now = System.nanoTime();
      if (done) {
        synchronized (this) {
          acknowledged++;
          gaps.add(Duration.ofNanos(now - last));
        }
        last = now;
      }
    }
  }

  private boolean write(ServerProcess node) {
    String body =
        "{\"documents\":[{\"id\":999999999,\"vector\":[0,0,0,0,0,0,0,1],\"attributes\":{}}]}";
    try {
      return node.send("POST", new Dataset(node, namespace).path("/upsert"), body, PATIENCE)
              .status()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** The longest time without an acknowledgement since this was last asked. */
  synchronized Duration longestGap() {
    Duration longest = gaps.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    gaps.clear();
    return longest;
  }

  synchronized long acknowledged() {
    return acknowledged;
  }
}
