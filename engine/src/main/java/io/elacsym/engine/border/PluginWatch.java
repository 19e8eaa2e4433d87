package io.elacsym.engine.border;

import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.PluginFaults;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What plugins have done that they should not, and what they are doing now. Safe for use by many
 * threads.
 */
public final class PluginWatch {
  private static final System.Logger LOG = System.getLogger(PluginWatch.class.getName());

  /** Most calls come back sooner. */
  private static final Duration SLOW = Duration.ofMillis(500);

  /** A plugin that looks at its deadline ends within this time. */
  private static final Duration LATE = Duration.ofSeconds(2);

  /** Work in the background that takes longer than this is worth a line of the log. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final Map<PluginName, Counts> known = new ConcurrentHashMap<>();
  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  public PluginWatch(InstantSource clock) {
    this.clock = clock;
  }

  private record Counts(AtomicLong failures, AtomicLong wrongAnswers) {
    Counts() {
      this(new AtomicLong(), new AtomicLong());
    }
  }

  /** A call that has not come back. Every call is one of its own. */
  static final class Running {
    final PluginName plugin;
    final String method;
    final Instant since;
    final Deadline deadline;
    volatile boolean told;

    Running(PluginName plugin, String method, Instant since, Deadline deadline) {
      this.plugin = plugin;
      this.method = method;
      this.since = since;
      this.deadline = deadline;
    }

    @Override
    public String toString() {
      return plugin + " has not come back from " + method;
    }
  }

  void know(PluginName plugin) {
    counts(plugin);
  }

  private Counts counts(PluginName plugin) {
    return known.computeIfAbsent(plugin, name -> new Counts());
  }

  Running begin(PluginName plugin, String method) {
    Running call = new Running(plugin, method, clock.instant(), Deadline.current());
    running.add(call);
    return call;
  }

  void end(Running call) {
    running.remove(call);
  }

  /**
   * What keeps work under a deadline from ending, in words: the call that has come back least
   * lately. Work that many wait for has no deadline; so where no call has this one, it is a call of
   * anybody that takes long.
   */
  public Optional<String> holding(Deadline deadline) {
    Comparator<Running> byAge = Comparator.comparing(call -> call.since);
    Instant lately = clock.instant().minus(SLOW);
    return running.stream()
        .filter(call -> call.deadline.equals(deadline))
        .max(byAge)
        .or(() ->
            running.stream()
                .filter(call -> call.since.isBefore(lately) && !call.deadline.isBackground())
                .min(byAge))
        .map(Running::toString);
  }

  /**
   * Says in the log which plugins do not come back: once for each call that goes on although its
   * deadline was over some time ago. Called about once a second.
   */
  public void tellOverdue() {
    Instant longAgo = clock.instant().minus(LONG);
    for (Running call : running) {
      if (call.told) {
        continue;
      }
      if (call.deadline.isBackground() && call.since.isBefore(longAgo)) {
        call.told = true;
        LOG.log(
            Level.WARNING,
            "{0} is in {1} since {2}; work of its kind waits for it",
            call.plugin,
            call.method,
            call.since);
      } else if (call.deadline.isOverBy(LATE)) {
        call.told = true;
        LOG.log(
            Level.ERROR,
            "{0} has not come back from {1} since {2}, although its caller has given up: it holds"
                + " a thread until it does. Plugins ask checkCancelled() in long loops",
            call.plugin,
            call.method,
            call.since);
      }
    }
  }

  /** A plugin has thrown what it may not. */
  void threw(PluginName plugin) {
    counts(plugin).failures().incrementAndGet();
  }

  /**
   * A plugin has answered what its interface does not allow. It is logged once for each plugin and
   * kind of fault, because every query may meet it.
   *
   * @param how what the answer is, in words that are the same each time
   */
  public void broke(PluginName plugin, String how) {
    counts(plugin).wrongAnswers().incrementAndGet();
    if (said.add(plugin + how)) {
      LOG.log(
          Level.ERROR,
          "{0} broke its contract: {1}. Its answer is not used; report it to its authors. This is"
              + " said once, and counted in elacsym_plugin_wrong_answers_total",
          plugin,
          how);
    }
  }

  /** What is known of each plugin, in the order of kinds and names. */
  public List<PluginFaults> faults() {
    return known.entrySet().stream()
        .map(entry ->
            new PluginFaults(
                entry.getKey().kind(),
                entry.getKey().name(),
                entry.getValue().failures().get(),
                entry.getValue().wrongAnswers().get()))
        .sorted(Comparator.comparing(PluginFaults::kind).thenComparing(PluginFaults::name))
        .toList();
  }
}
