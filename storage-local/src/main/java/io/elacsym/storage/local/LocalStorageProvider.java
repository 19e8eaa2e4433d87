package io.elacsym.storage.local;

import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import java.time.Clock;
import java.util.List;

/** The storage {@code local}: a folder of the local file system. */
public final class LocalStorageProvider implements StorageProvider {
  private static final String ROOT_PATH = "root_path";

  @Override
  public String name() {
    return "local";
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "A folder of the local file system, for one process at a time";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.of(
                ROOT_PATH,
                OptionType.PATH,
                "./data",
                "Folder that holds all data; created when missing. Only one process can use it.")
            .fromEnvironment("ELACSYM_STORAGE_PATH"));
  }

  @Override
  public Storage open(PluginContext context) {
    return LocalStorage.open(context.options().path(ROOT_PATH), Clock.systemUTC());
  }
}
