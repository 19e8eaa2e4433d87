package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.storage.StorageProvider;
import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.plugins.InstalledPlugins;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.ScanPage;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.tck.Seed;
import io.elacsym.tck.memory.GivenStorageProvider;
import io.elacsym.tck.memory.MemoryStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two engines that differ in nothing but their segment format, given the same requests one after
 * the other, give the same answers to the last bit of every score.
 */
class FormatTwinsIT {
  private static final InstalledPlugins INSTALLED =
      InstalledPlugins.load(List.of(Installation.HOME.resolve("plugins")));

  /** Segments of many small parts, so that the parts of the two formats do not coincide. */
  private static final Map<String, String> SMALL_PARTS =
      Map.of(
          "segment.parquet.page_rows", "16",
          "segment.parquet.page_bytes", "1KB",
          "segment.parquet.row_group_bytes", "64KB",
          "segment.orc.row_group_rows", "20",
          "segment.orc.chunk_bytes", "1KB",
          "segment.orc.stripe_bytes", "64KB");

  @TempDir private Path caches;

  @ParameterizedTest(name = "workload {0} after the seed")
  @ValueSource(longs = {0, 1})
  void parquetAndOrcGiveTheSameAnswers(long number) {
    compare(Seed.current() + number, Map.of());
  }

  @ParameterizedTest(name = "workload {0} after the seed")
  @ValueSource(longs = {2, 3})
  void theyDoSoWithSegmentsOfManySmallParts(long number) {
    compare(Seed.current() + number, SMALL_PARTS);
  }

  private void compare(long seed, Map<String, String> options) {
    System.out.println("FormatTwinsIT seed " + seed);
    assertThat(INSTALLED.problems()).isEmpty();
    List<Workload.Step> steps = Workload.record(seed);
    int answered = 0;
    try (Twin parquet = new Twin("parquet", options, caches);
        Twin orc = new Twin("orc", options, caches)) {
      for (int i = 0; i < steps.size(); i++) {
        List<String> expected = parquet.run(steps.get(i));
        assertThat(orc.run(steps.get(i)))
            .as("seed %d, step %d: %s", seed, i, steps.get(i))
            .isEqualTo(expected);
        answered += expected.size();
      }
    }
    // Otherwise the requests would ask for what is not there.
    assertThat(answered).isGreaterThan(steps.size());
  }

  /** An engine on a storage of its own. Nothing happens in it that is not asked for. */
  private static final class Twin implements AutoCloseable {
    private final MemoryStorage storage = new MemoryStorage();
    private final EngineSettings settings;
    private Engine engine;
    private Namespace namespace;

    Twin(String format, Map<String, String> options, Path caches) {
      Map<String, String> values = new HashMap<>(options);
      values.put("storage.backend", "given");
      values.put("segment.format", format);
      values.put("cache.disk_path", caches.resolve(format).toString());
      values.put("write.linger", "0ms");
      values.put("write.flush_age", "1h");
      values.put("compaction.enabled", "false");
      this.settings = EngineSettings.of(values);
      this.engine = open();
      this.namespace = engine.create("ns", Workload.schema());
    }

    private Engine open() {
      Providers installed = INSTALLED.providers();
      List<StorageProvider> storages = List.of(new GivenStorageProvider("given", storage::attach));
      return Engine.open(
          settings,
          new Providers(
              storages,
              installed.segmentFormats(),
              installed.vectorIndexes(),
              installed.textIndexes()));
    }

    /** Does it, and returns what came back. */
    List<String> run(Workload.Step step) {
      return switch (step) {
        case Workload.Write write -> List.of(namespace.write(write.request()).toString());
        case Workload.Query query -> text(namespace.query(query.request()));
        case Workload.Scan scan -> text(namespace.scan(scan.request()));
        case Workload.Get get ->
            namespace.get(get.id(), Projection.ALL).map(Twin::text).stream().toList();
        case Workload.Maintenance maintenance -> {
          maintain(maintenance);
          yield List.of(Long.toString(namespace.stats().documents()));
        }
      };
    }

    private void maintain(Workload.Maintenance maintenance) {
      switch (maintenance) {
        case FLUSH -> namespace.flush();
        case COMPACT -> namespace.compact();
        case REOPEN -> {
          engine.close();
          engine = open();
          namespace = engine.namespace("ns");
        }
      }
    }

    private static List<String> text(QueryResult result) {
      return result.hits().stream().map(hit -> hit.score() + " " + text(hit.document())).toList();
    }

    private static List<String> text(ScanPage page) {
      List<String> text = new ArrayList<>(page.documents().stream().map(Twin::text).toList());
      text.add("next " + page.next());
      return text;
    }

    private static String text(Document document) {
      Map<String, String> vectors = new TreeMap<>();
      document.vectors().forEach((name, vector) -> vectors.put(name, Arrays.toString(vector)));
      return document.id() + " " + new TreeMap<>(document.attributes()) + " " + vectors;
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
