package io.elacsym.tck.storage;

import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.tck.TestContext;
import java.util.Map;
import java.util.concurrent.Callable;

/** Where the storage contract gets its storages from. */
@FunctionalInterface
public interface StorageFixture {
  /** A new, empty place (a folder, a bucket, a prefix) that nothing else uses. */
  Place newPlace() throws Exception;

  /** Characters of the longest legal name; fewer where a place is a prefix of names. */
  default int longestName() {
    return 1000;
  }

  /** One place, which can be opened again after it was closed. */
  @FunctionalInterface
  interface Place extends AutoCloseable {
    Storage open() throws Exception;

    /** Removes what is left. */
    @Override
    default void close() throws Exception {}
  }

  /**
   * Storages of a provider.
   *
   * @param optionsOfNewPlace asked once for each place; its options name an empty place
   */
  static StorageFixture of(
      StorageProvider provider, Callable<Map<String, String>> optionsOfNewPlace) {
    return () -> {
      Map<String, String> options = optionsOfNewPlace.call();
      return () -> provider.open(TestContext.of(provider, options));
    };
  }
}
