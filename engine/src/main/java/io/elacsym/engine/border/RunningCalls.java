package io.elacsym.engine.border;

import io.elacsym.engine.model.Deadline;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The calls of plugins that have not come back. Safe for use by many threads. */
public final class RunningCalls {
  private static final System.Logger LOG = System.getLogger(RunningCalls.class.getName());

  /** Most calls come back sooner. */
  private static final Duration SLOW = Duration.ofMillis(500);

  /** A plugin that looks at its deadline ends within this time. */
  private static final Duration LATE = Duration.ofSeconds(2);

  /** Work in the background that takes longer than this is worth a line of the log. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final Set<Call> running = ConcurrentHashMap.newKeySet();

  RunningCalls(InstantSource clock) {
    this.clock = clock;
  }

  /** A call, which is equal to no other. */
  static final class Call {
    private final PluginName plugin;
    private final String method;
    private final Instant since;
    private final Deadline deadline;
    private volatile boolean told;

    private Call(PluginName plugin, String method, Instant since, Deadline deadline) {
      this.plugin = plugin;
      this.method = method;
      this.since = since;
      this.deadline = deadline;
    }
  }

  Call begin(PluginName plugin, String method) {
    Call call = new Call(plugin, method, clock.instant(), Deadline.current());
    running.add(call);
    return call;
  }

  void end(Call call) {
    running.remove(call);
  }

  /**
   * What keeps work under a deadline from ending, in words: the innermost call of it, which began
   * last. Work that many wait for has no deadline; so where no call has this one, it is the longest
   * of all calls that take long.
   */
  public Optional<String> holding(Deadline deadline) {
    Comparator<Call> byAge = Comparator.comparing(call -> call.since);
    Instant lately = clock.instant().minus(SLOW);
    return running.stream()
        .filter(call -> call.deadline.equals(deadline))
        .max(byAge)
        .or(() ->
            running.stream()
                .filter(call -> call.since.isBefore(lately) && !call.deadline.isBackground())
                .min(byAge))
        .map(call -> call.plugin + " has not come back from " + call.method);
  }

  /**
   * Says in the log which calls take too long, once for each. To be called now and then.
   *
   * @param hanging receives the deadline of work in the background that such a call keeps from
   *     going on
   */
  public void tellOverdue(Consumer<Deadline> hanging) {
    Instant longAgo = clock.instant().minus(LONG);
    for (Call call : running) {
      boolean isLong = call.deadline.isBackground() && call.since.isBefore(longAgo);
      if (!call.told && (isLong || call.deadline.isOverBy(LATE))) {
        call.told = true;
        LOG.log(
            isLong ? Level.WARNING : Level.ERROR,
            "{0} has not come back from {1} since {2}; {3}",
            call.plugin,
            call.method,
            call.since,
            isLong
                ? "other work of its kind has its turn meanwhile"
                : "its caller has given up, and it holds a thread until it does. Plugins ask"
                    + " checkCancelled() in long loops");
        if (isLong) {
          hanging.accept(call.deadline);
        }
      }
    }
  }
}
