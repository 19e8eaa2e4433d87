package io.elacsym.api.storage;

import io.elacsym.api.PluginContext;
import io.elacsym.api.Provider;

/** Opens one kind of object storage. */
public interface StorageProvider extends Provider {
  /**
   * Opens the storage that the options describe.
   *
   * @throws io.elacsym.api.ElacsymException {@code INVALID_REQUEST} for options that cannot work,
   *     {@code UNAVAILABLE} when the storage cannot be reached, {@code CONFLICT} when it is held by
   *     another process and cannot be shared
   */
  Storage open(PluginContext context);
}
