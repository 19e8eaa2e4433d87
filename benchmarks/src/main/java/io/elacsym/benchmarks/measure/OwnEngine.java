package io.elacsym.benchmarks.measure;

import io.elacsym.engine.Engine;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.format.parquet.ParquetFormatProvider;
import io.elacsym.index.bm25.Bm25IndexProvider;
import io.elacsym.index.hnsw.HnswProvider;
import io.elacsym.index.ivf.IvfIndexProvider;
import io.elacsym.storage.local.LocalStorageProvider;
import io.elacsym.storage.s3.S3StorageProvider;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The engine in this process, with the plugins that are shipped. */
public final class OwnEngine {
  private OwnEngine() {}

  /**
   * Opens it, without a cache on the disk unless the settings have one.
   *
   * @param settings by key
   */
  public static Engine open(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(Map.of("cache.disk_size", "0"));
    all.putAll(settings);
    return Engine.open(
        EngineSettings.of(all),
        new Providers(
            List.of(new LocalStorageProvider(), new S3StorageProvider()),
            List.of(new ParquetFormatProvider()),
            List.of(new IvfIndexProvider(), new HnswProvider()),
            List.of(new Bm25IndexProvider())));
  }

  /** Opens it over a folder; it flushes and merges nothing by itself. */
  public static Engine quiet(Path folder) {
    return open(
        Map.of(
            "storage.local.root_path", folder.toString(),
            "write.flush_age", "1h",
            "compaction.enabled", "false"));
  }
}
