package io.elacsym.tck.memory;

import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import java.util.function.Supplier;

/** A provider that opens storages a test has made, whatever they are. */
public final class GivenStorageProvider implements StorageProvider {
  private final String name;
  private final Supplier<? extends Storage> storages;

  /**
   * @param name for configuration
   * @param storages is asked once for each opening; whoever opened a storage closes it
   */
  public GivenStorageProvider(String name, Supplier<? extends Storage> storages) {
    this.name = name;
    this.storages = storages;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "A storage made by a test.";
  }

  @Override
  public Storage open(PluginContext context) {
    return storages.get();
  }
}
