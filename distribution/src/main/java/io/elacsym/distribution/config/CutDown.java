package io.elacsym.distribution.config;

import io.elacsym.api.Option;
import io.elacsym.api.Options;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.engine.settings.EngineSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A bound that is lower than its key says, because the Java heap is too small for it.
 *
 * @param wanted whether somebody has asked for more; otherwise it is only the default
 * @param message what the bound is, why, and what to do
 */
public record CutDown(boolean wanted, String message) {
  /** Every such bound. */
  public static List<CutDown> of(Configuration configuration, EngineSettings settings, long heap) {
    List<CutDown> cut = new ArrayList<>();
    add(cut, configuration, "cache.memory_size", settings.memoryCacheBytes(), "a quarter", heap);
    add(
        cut,
        configuration,
        "write.max_unflushed_total",
        settings.write().maxUnflushedTotal(),
        "a fifth",
        heap);
    return cut;
  }

  private static void add(
      List<CutDown> cut,
      Configuration configuration,
      String key,
      long bound,
      String share,
      long heap) {
    Setting setting =
        configuration.settings().stream()
            .filter(candidate -> candidate.key().equals(key))
            .findFirst()
            .orElseThrow();
    if (bytes(setting) > bound) {
      boolean wanted = !(setting.origin() instanceof Origin.Default);
      cut.add(
          new CutDown(
              wanted,
              key
                  + " is "
                  + setting.shown()
                  + " ("
                  + setting.origin()
                  + "), but only "
                  + Figures.bytes(bound)
                  + " are used: it takes at most "
                  + share
                  + " of the Java heap of "
                  + Figures.bytes(heap)
                  + "; for more give a larger heap, ELACSYM_JAVA_OPTS=-Xmx.., or the machine or"
                  + " container more memory"));
    }
  }

  private static long bytes(Setting setting) {
    Option option = setting.option();
    Map<String, String> value = Map.of(option.key(), setting.value().orElseThrow());
    return Options.of("", List.of(option), value).bytes(option.key());
  }
}
