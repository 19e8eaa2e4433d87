package io.elacsym.benchmarks.cold;

import io.elacsym.api.storage.StorageProvider;
import java.time.Duration;
import java.util.Map;

/** Where the namespace lies, and how long a request to it takes more. */
interface Place extends AutoCloseable {
  /** For the report. */
  String description();

  StorageProvider provider();

  /** Engine settings that name the place. */
  Map<String, String> settings();

  /** Holds back each request from now on; those that are sent together wait together. */
  void delay(Duration perRequest);

  @Override
  void close();
}
