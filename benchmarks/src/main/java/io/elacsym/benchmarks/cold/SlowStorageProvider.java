package io.elacsym.benchmarks.cold;

import io.elacsym.api.Option;
import io.elacsym.api.PluginContext;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Another storage, slowed down; known by the other one's name.
 *
 * @param delay how long each request waits; may change while storages are open
 */
record SlowStorageProvider(StorageProvider inner, AtomicReference<Duration> delay)
    implements StorageProvider {
  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public int spiLevel() {
    return inner.spiLevel();
  }

  @Override
  public String description() {
    return inner.description() + ", slowed down";
  }

  @Override
  public List<Option> options() {
    return inner.options();
  }

  @Override
  public Storage open(PluginContext context) {
    return new SlowStorage(inner.open(context), delay);
  }
}
