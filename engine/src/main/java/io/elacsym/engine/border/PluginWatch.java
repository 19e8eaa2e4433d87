package io.elacsym.engine.border;

import io.elacsym.engine.model.PluginFaults;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What plugins have done that they should not. Safe for use by many threads. */
public final class PluginWatch {
  private static final System.Logger LOG = System.getLogger(PluginWatch.class.getName());

  private final RunningCalls calls;
  private final Map<PluginName, Counts> known = new ConcurrentHashMap<>();
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  public PluginWatch(InstantSource clock) {
    this.calls = new RunningCalls(clock);
  }

  private record Counts(AtomicLong failures, AtomicLong wrongAnswers) {
    Counts() {
      this(new AtomicLong(), new AtomicLong());
    }
  }

  /** What plugins are doing now. */
  public RunningCalls calls() {
    return calls;
  }

  void know(PluginName plugin) {
    counts(plugin);
  }

  private Counts counts(PluginName plugin) {
    return known.computeIfAbsent(plugin, name -> new Counts());
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
