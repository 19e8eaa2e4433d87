package io.elacsym.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Provider;
import io.elacsym.api.index.Metric;
import io.elacsym.tck.memory.MemoryStorageProvider;
import io.elacsym.tck.memory.RowsFormatProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EngineSettingsTest {
  @Test
  void nothingGivenMeansTheDocumentedDefaults() {
    EngineSettings settings = EngineSettings.of(Map.of());
    assertThat(settings.storageBackend()).isEqualTo("local");
    assertThat(settings.segmentFormat()).isEqualTo("parquet");
    assertThat(settings.vectorIndex()).isEqualTo("ivf");
    assertThat(settings.textIndex()).isEqualTo("bm25");
    assertThat(settings.defaultMetric()).isEqualTo(Metric.COSINE);
    assertThat(settings.cache().diskBytes()).isEqualTo(100L << 30);
    assertThat(settings.cache().diskPath()).isEqualTo(Path.of("./cache"));
    assertThat(settings.write())
        .isEqualTo(
            new WriteSettings(
                Duration.ofMillis(2),
                16L << 20,
                128L << 20,
                32_768,
                Duration.ofSeconds(60),
                512L << 20,
                Math.min(8L << 30, Runtime.getRuntime().maxMemory() / 5),
                Math.min(512L << 20, Math.max(Runtime.getRuntime().maxMemory() / 8, 32L << 20))));
    assertThat(settings.compaction())
        .isEqualTo(new CompactionSettings(true, Duration.ofHours(1), 100, 1_000_000));
    assertThat(settings.history()).isEqualTo(new HistorySettings(20, Duration.ofDays(1)));
    assertThat(settings.reaperGrace()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.pluginOptions()).isEmpty();
  }

  @Test
  void everyKeyCanBeGiven() {
    EngineSettings settings =
        EngineSettings.of(
            Map.ofEntries(
                Map.entry("storage.backend", "s3"),
                Map.entry("segment.format", "orc"),
                Map.entry("index.vector", "hnsw"),
                Map.entry("index.text", "other"),
                Map.entry("index.default_metric", "dot"),
                Map.entry("cache.memory_size", "1KB"),
                Map.entry("cache.disk_size", "0"),
                Map.entry("cache.disk_path", "/tmp/x"),
                Map.entry("background.requests", "13"),
                Map.entry("background.tasks", "14"),
                Map.entry("write.linger", "5ms"),
                Map.entry("write.max_commit_bytes", "1MB"),
                Map.entry("write.flush_bytes", "2MB"),
                Map.entry("write.flush_rows", "3"),
                Map.entry("write.flush_age", "4m"),
                Map.entry("write.max_unflushed_bytes", "5MB"),
                Map.entry("write.max_unflushed_total", "6MB"),
                Map.entry("write.max_changed_bytes", "7MB"),
                Map.entry("compaction.enabled", "false"),
                Map.entry("compaction.interval_secs", "6"),
                Map.entry("compaction.max_segments", "7"),
                Map.entry("compaction.max_total_docs", "8000"),
                Map.entry("history.versions", "11"),
                Map.entry("history.max_age", "12m"),
                Map.entry("reaper.grace", "9s")));
    assertThat(settings)
        .isEqualTo(
            new EngineSettings(
                "s3",
                "orc",
                "hnsw",
                "other",
                Metric.DOT,
                new CacheSettings(1_024, 0, Path.of("/tmp/x")),
                new WriteSettings(
                    Duration.ofMillis(5),
                    1L << 20,
                    2L << 20,
                    3,
                    Duration.ofMinutes(4),
                    5L << 20,
                    6L << 20,
                    7L << 20),
                new CompactionSettings(false, Duration.ofSeconds(6), 7, 8_000),
                new HistorySettings(11, Duration.ofMinutes(12)),
                new BackgroundSettings(13, 14),
                Duration.ofSeconds(9),
                Map.of()));
  }

  @Test
  void theMemoryCacheNeverTakesMoreThanAQuarterOfTheHeap() {
    long quarter = Runtime.getRuntime().maxMemory() / 4;
    assertThat(EngineSettings.of(Map.of("cache.memory_size", "900TB")).cache().memoryBytes())
        .isEqualTo(quarter);
    assertThat(EngineSettings.of(Map.of("cache.memory_size", "1MB")).cache().memoryBytes())
        .isEqualTo(1L << 20);
  }

  @Test
  void unknownKeysAreNamedTogetherWithTheKnownOnes() {
    assertInvalid(
        Map.of("cache.memory_sizes", "1GB"), "unknown option 'cache.memory_sizes'", "memory_size");
    assertInvalid(Map.of("cash.memory_size", "1GB"), "unknown section 'cash'", "cache");
    assertInvalid(Map.of("memory_size", "1GB"), "unknown option 'memory_size'");
    assertInvalid(Map.of("cache.memory.size", "1GB"), "unknown option 'cache.memory.size'");
  }

  @Test
  void wrongValuesAreNamedWithWhatWasExpected() {
    assertInvalid(Map.of("cache.memory_size", "big"), "cache.memory_size is 'big'", "8GB");
    assertInvalid(Map.of("write.flush_age", "soon"), "write.flush_age is 'soon'", "time span");
    assertInvalid(
        Map.of("compaction.enabled", "yes"), "compaction.enabled is 'yes'", "true or false");
    assertInvalid(Map.of("write.flush_rows", "0"), "flush_rows is 0", "1 to 1000000");
    assertInvalid(Map.of("write.flush_rows", "many"), "write.flush_rows is 'many'", "whole number");
    assertInvalid(
        Map.of("compaction.max_segments", "10001"), "max_segments is 10001", "1 to 10000");
    assertInvalid(Map.of("compaction.max_total_docs", "999"), "max_total_docs is 999");
    assertInvalid(Map.of("compaction.interval_secs", "0"), "compaction.interval_secs is 0");
    assertInvalid(Map.of("reaper.grace", "500ms"), "reaper.grace", "at least 1s");
    assertInvalid(Map.of("history.max_age", "9m"), "history.max_age", "at least reaper.grace");
    assertInvalid(Map.of("history.versions", "0"), "versions", "from 1 to 10000");
    assertInvalid(
        Map.of("index.default_metric", "euclid"),
        "index.default_metric is 'euclid'",
        "cosine, l2 or dot");
    assertInvalid(Map.of("cache.disk_path", " "), "cache.disk_path is ' '", "path");
  }

  @Test
  void keysOfPluginsAreKeptForThem() {
    EngineSettings settings =
        EngineSettings.of(
            Map.of(
                "storage.probe.root", "/data",
                "storage.other.root", "/elsewhere",
                "index.probe.deep.key", "1"));
    assertThat(settings.optionsOf("storage", new Probe()).text("root")).isEqualTo("/data");
    assertThat(settings.pluginOptions().get("index.probe")).isEqualTo(Map.of("deep.key", "1"));
    assertInvalid(
        () -> settings.optionsOf("index", new Probe()), "unknown option 'index.probe.deep.key'");
    assertInvalid(
        () -> EngineSettings.of(Map.of()).optionsOf("storage", new Probe()),
        "storage.probe.root is missing");
  }

  @Test
  void pluginOptionsDoNotChangeAnyMore() {
    EngineSettings settings = EngineSettings.of(Map.of("storage.probe.root", "/data"));
    assertThatThrownBy(() -> settings.pluginOptions().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void everyOptionIsDocumentedAndNoTwoShareAKeyOrAnEnvironmentVariable() {
    List<String> keys =
        EngineSettings.SECTIONS.stream()
            .flatMap(section -> section.options().stream().map(o -> section.name() + "." + o.key()))
            .toList();
    assertThat(keys).doesNotHaveDuplicates();
    List<Option> options =
        EngineSettings.SECTIONS.stream().flatMap(section -> section.options().stream()).toList();
    assertThat(options).allSatisfy(option -> assertThat(option.doc()).endsWith("."));
    assertThat(options.stream().map(Option::environment).flatMap(Optional::stream))
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).matches("ELACSYM_[A-Z_]+"));
    Map<String, String> defaults =
        EngineSettings.SECTIONS.stream()
            .flatMap(section ->
                section.options().stream()
                    .map(option ->
                        Map.entry(
                            section.name() + "." + option.key(),
                            option.defaultValue().orElseThrow())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(EngineSettings.of(defaults)).isEqualTo(EngineSettings.of(Map.of()));
  }

  @Test
  void aProviderIsFoundByItsName() {
    MemoryStorageProvider memory = new MemoryStorageProvider();
    Providers providers =
        new Providers(List.of(memory), List.of(new RowsFormatProvider()), List.of(), List.of());
    assertThat(providers.storage("memory")).isSameAs(memory);
    assertInvalid(() -> providers.storage("s3"), "no storage plugin is called 's3'", "[memory]");
    assertInvalid(() -> providers.segmentFormat("orc"), "no segment format plugin is called 'orc'");
    assertInvalid(() -> providers.vectorIndex("x"), "no vector index plugin is called 'x'", "[]");
    assertInvalid(() -> providers.textIndex("x"), "no text index plugin is called 'x'");
  }

  @Test
  void idsOfTheRealWorldAreHexadecimalAndDiffer() {
    Seams seams = Seams.real();
    assertThat(List.of(seams.ids().get(), seams.ids().get(), Seams.real().ids().get()))
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(id).matches("[0-9a-f]{16}"));
  }

  /** A plugin with a required option. */
  private static final class Probe implements Provider {
    @Override
    public String name() {
      return "probe";
    }

    @Override
    public int spiLevel() {
      return 1;
    }

    @Override
    public String description() {
      return "For tests.";
    }

    @Override
    public List<Option> options() {
      return List.of(Option.required("root", OptionType.PATH, "Where."));
    }
  }

  private static void assertInvalid(Map<String, String> values, String... parts) {
    assertInvalid(() -> EngineSettings.of(values), parts);
  }

  private static void assertInvalid(ThrowingCallable action, String... parts) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
              assertThat(e.getMessage()).contains(parts);
            });
  }
}
