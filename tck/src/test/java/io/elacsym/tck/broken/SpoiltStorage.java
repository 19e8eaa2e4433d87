package io.elacsym.tck.broken;

import io.elacsym.api.storage.StorageCapabilities;
import io.elacsym.tck.fault.ForwardingStorage;
import io.elacsym.tck.memory.MemoryStorage;

/** A good storage, to be spoilt by overriding. One handle only: races then meet in this object. */
abstract class SpoiltStorage extends ForwardingStorage {
  SpoiltStorage() {
    super(new MemoryStorage());
  }

  @Override
  public StorageCapabilities capabilities() {
    return new StorageCapabilities(Long.MAX_VALUE, false);
  }
}
