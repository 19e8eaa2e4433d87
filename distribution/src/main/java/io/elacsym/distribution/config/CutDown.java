package io.elacsym.distribution.config;

import io.elacsym.api.Option;
import io.elacsym.api.Options;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.engine.settings.EngineSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bounds that are lower than their keys say, because the Java heap is too small for them.
 *
 * @param wanted whether somebody has asked for more; otherwise these are only defaults
 * @param message which bounds, why, and what to do
 */
public record CutDown(boolean wanted, String message) {
  private static final String MORE =
      "; for more give a larger heap, ELACSYM_JAVA_OPTS=-Xmx.., or the machine or container more"
          + " memory";

  /**
   * Every such bound of the server and of the plugins it uses: one each where somebody has asked
   * for more, and one for all defaults together.
   *
   * @param heap of this process
   */
  public static List<CutDown> of(Configuration configuration, EngineSettings settings, long heap) {
    List<CutDown> cut = new ArrayList<>();
    List<String> defaults = new ArrayList<>();
    for (Setting setting : configuration.settings()) {
      Option option = setting.option();
      if (option.heapPart() == 0 || setting.value().isEmpty() || !isUsed(setting, settings)) {
        continue;
      }
      long given = bytes(setting);
      long bound = option.within(heap, given);
      if (bound == given) {
        continue;
      }
      if (setting.origin() instanceof Origin.Default) {
        defaults.add(
            setting.key() + " (" + Figures.bytes(bound) + " instead of " + setting.shown() + ")");
      } else {
        cut.add(new CutDown(true, asked(setting, bound, heap)));
      }
    }
    if (!defaults.isEmpty()) {
      cut.add(
          new CutDown(
              false,
              "the Java heap of "
                  + Figures.bytes(heap)
                  + " is too small for some defaults, so less is used of "
                  + String.join(", ", defaults)
                  + MORE));
    }
    return cut;
  }

  private static String asked(Setting setting, long bound, long heap) {
    return setting.key()
        + " is "
        + setting.shown()
        + " ("
        + setting.origin()
        + "), but only "
        + Figures.bytes(bound)
        + " are used: it takes at most "
        + part(setting.option().heapPart())
        + " of the Java heap of "
        + Figures.bytes(heap)
        + MORE;
  }

  private static String part(int part) {
    return switch (part) {
      case 4 -> "a quarter";
      case 5 -> "a fifth";
      case 8 -> "an eighth";
      case 16 -> "a sixteenth";
      default -> "1/" + part;
    };
  }

  /** A plugin that is installed but not chosen has options, too. */
  private static boolean isUsed(Setting setting, EngineSettings settings) {
    String table = setting.key().substring(0, setting.key().lastIndexOf('.'));
    return !table.contains(".")
        || Set.of(
                "storage." + settings.storageBackend(),
                "segment." + settings.segmentFormat(),
                "index." + settings.vectorIndex(),
                "index." + settings.textIndex())
            .contains(table);
  }

  private static long bytes(Setting setting) {
    Option option = setting.option();
    Map<String, String> value = Map.of(option.key(), setting.value().orElseThrow());
    return Options.of("", List.of(option), value).bytes(option.key());
  }
}
