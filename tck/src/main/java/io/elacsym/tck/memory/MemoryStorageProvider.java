package io.elacsym.tck.memory;

import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;

/**
 * The storage {@code memory}. All storages that one provider opens see the same objects, which live
 * as long as the provider.
 */
public final class MemoryStorageProvider implements StorageProvider {
  /** The name for configuration. */
  public static final String NAME = "memory";

  private final MemoryStorage shared;

  /** A provider with an empty storage of its own. */
  public MemoryStorageProvider() {
    this(new MemoryStorage());
  }

  /** A provider that opens handles to this storage. */
  public MemoryStorageProvider(MemoryStorage shared) {
    this.shared = shared;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "Objects in memory, for tests; gone when the process ends.";
  }

  @Override
  public Storage open(PluginContext context) {
    return shared.attach();
  }
}
