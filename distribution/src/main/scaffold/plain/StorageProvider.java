package %package%;

import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The storage {@code %name%}: objects in memory, by the name of a place. */
public final class %Name%StorageProvider implements StorageProvider {
  private static final String PLACE = "place";

  /** Only because this storage is memory: a real one keeps nothing in its provider. */
  private final Map<String, %Name%Storage> places = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "%name%";
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "Objects in memory, gone when the process ends";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.of(PLACE, OptionType.TEXT, "default", "Name of the place that is opened."));
  }

  @Override
  public Storage open(PluginContext context) {
    return places
        .computeIfAbsent(context.options().text(PLACE), place -> new %Name%Storage())
        .attach();
  }
}
