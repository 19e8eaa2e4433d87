package io.elacsym.benchmarks.cold;

import io.elacsym.api.storage.StorageProvider;
import io.elacsym.storage.local.LocalStorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A folder in which each call waits, and which passes for a bucket.
 *
 * @param root the folder
 * @param perRequest how long each call waits
 */
record SlowFolder(Path root, AtomicReference<Duration> perRequest) implements Place {
  static SlowFolder at(Path root) {
    return new SlowFolder(root, new AtomicReference<>(Duration.ZERO));
  }

  @Override
  public String description() {
    return "a local folder";
  }

  @Override
  public StorageProvider provider() {
    return new SlowStorageProvider(new LocalStorageProvider(), perRequest);
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("storage.backend", "local", "storage.local.root_path", root.toString());
  }

  @Override
  public void delay(Duration each) {
    perRequest.set(each);
  }

  @Override
  public void close() {}
}
