package io.elacsym.engine.settings;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.api.Provider;
import io.elacsym.api.index.Metric;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The engine's checked settings. Made from flat text keys ({@code cache.memory_size}), the form in
 * which a file, an environment or a program gives them. What an option is and how it is read stand
 * side by side: here, or in the record of its table.
 *
 * @param storageBackend name of the storage plugin
 * @param segmentFormat name of the format that new segments get
 * @param vectorIndex name of the vector index that new segments get
 * @param textIndex name of the text index that new segments get
 * @param defaultMetric metric of vector fields that name none
 * @param cache copies of stored bytes
 * @param write when writes are committed and flushed
 * @param compaction when segments are merged
 * @param history how much of the past can be restored
 * @param background bounds of work that no caller waits for
 * @param reaperGrace how long a dropped object is kept for readers that still use it
 * @param pluginOptions values for plugins, by prefix ({@code storage.local}) and key
 */
public record EngineSettings(
    String storageBackend,
    String segmentFormat,
    String vectorIndex,
    String textIndex,
    Metric defaultMetric,
    CacheSettings cache,
    WriteSettings write,
    CompactionSettings compaction,
    HistorySettings history,
    BackgroundSettings background,
    Duration reaperGrace,
    Map<String, Map<String, String>> pluginOptions) {
  private static final Option BACKEND =
      Option.of("backend", OptionType.TEXT, "local", "Name of the storage plugin.")
          .fromEnvironment("ELACSYM_STORAGE_BACKEND");

  private static final SettingsSection STORAGE =
      new SettingsSection(
          "storage",
          "Where the data is kept. Each storage plugin has a table of its own below this one.",
          List.of(BACKEND));

  private static final Option FORMAT =
      Option.of(
              "format",
              OptionType.TEXT,
              "parquet",
              "Name of the format that new segments get; existing ones keep theirs.")
          .fromEnvironment("ELACSYM_SEGMENT_FORMAT");

  private static final SettingsSection SEGMENT =
      new SettingsSection("segment", "How documents are stored.", List.of(FORMAT));

  private static final Option VECTOR =
      Option.of(
              "vector",
              OptionType.TEXT,
              "ivf",
              "Name of the vector index that new segments get; existing ones keep theirs until they"
                  + " are merged or reindexed.")
          .fromEnvironment("ELACSYM_INDEX_VECTOR");

  private static final Option TEXT =
      Option.of(
              "text",
              OptionType.TEXT,
              "bm25",
              "Name of the text index that new segments get; existing ones keep theirs until they"
                  + " are merged or reindexed.")
          .fromEnvironment("ELACSYM_INDEX_TEXT");

  private static final Option DEFAULT_METRIC =
      Option.of(
              "default_metric",
              OptionType.TEXT,
              "cosine",
              "Metric of vectors whose schema names none.")
          .oneOf(Arrays.stream(Metric.values()).map(Metric::id).toArray(String[]::new));

  private static final SettingsSection INDEX =
      new SettingsSection(
          "index", "How vectors and text are found.", List.of(VECTOR, TEXT, DEFAULT_METRIC));

  private static final Option GRACE =
      Option.of(
              "grace",
              OptionType.DURATION,
              "10m",
              "How long an object that no manifest names is kept for readers that still use it.")
          .atLeast("1s");

  private static final SettingsSection REAPER =
      new SettingsSection("reaper", "When dropped objects are deleted.", List.of(GRACE));

  /** Every key of the engine's own, by table. */
  public static final List<SettingsSection> SECTIONS =
      List.of(
          STORAGE,
          SEGMENT,
          INDEX,
          CacheSettings.SECTION,
          WriteSettings.SECTION,
          CompactionSettings.SECTION,
          HistorySettings.SECTION,
          BackgroundSettings.SECTION,
          REAPER);

  public EngineSettings {
    Map<String, Map<String, String>> copy = new HashMap<>();
    pluginOptions.forEach((prefix, values) -> copy.put(prefix, Map.copyOf(values)));
    pluginOptions = Map.copyOf(copy);
  }

  /** The tables in which plugin tables stand: {@code storage.<plugin>.<key>} and so on. */
  public static final List<String> PLUGIN_SECTIONS = List.of("storage", "segment", "index");

  /**
   * Checks flat values.
   *
   * @param values by full key: {@code cache.memory_size}, {@code storage.local.root_path}
   * @throws ElacsymException {@code INVALID_REQUEST} naming key, value and expectation
   */
  public static EngineSettings of(Map<String, String> values) {
    Map<String, Map<String, String>> own = new HashMap<>();
    Map<String, Map<String, String>> plugins = new HashMap<>();
    values.forEach((key, value) -> {
      String[] parts = key.split("\\.", 3);
      if (parts.length == 3 && PLUGIN_SECTIONS.contains(parts[0])) {
        plugins
            .computeIfAbsent(parts[0] + "." + parts[1], k -> new HashMap<>())
            .put(parts[2], value);
      } else if (parts.length >= 2) {
        own.computeIfAbsent(parts[0], k -> new HashMap<>())
            .put(key.substring(parts[0].length() + 1), value);
      } else {
        throw ElacsymException.invalid("unknown option '" + key + "'");
      }
    });
    Map<SettingsSection, Options> sections = new HashMap<>();
    for (SettingsSection section : SECTIONS) {
      Map<String, String> given = own.remove(section.name());
      sections.put(
          section,
          Options.of(section.name() + ".", section.options(), given == null ? Map.of() : given));
    }
    if (!own.isEmpty()) {
      throw ElacsymException.invalid(
          "unknown section '"
              + own.keySet().iterator().next()
              + "'; the engine has "
              + SECTIONS.stream().map(SettingsSection::name).toList());
    }
    return build(section -> Objects.requireNonNull(sections.get(section)), plugins);
  }

  private static EngineSettings build(
      Function<SettingsSection, Options> given, Map<String, Map<String, String>> plugins) {
    Options index = given.apply(INDEX);
    Duration grace = given.apply(REAPER).duration(GRACE.key());
    return new EngineSettings(
        given.apply(STORAGE).text(BACKEND.key()),
        given.apply(SEGMENT).text(FORMAT.key()),
        index.text(VECTOR.key()),
        index.text(TEXT.key()),
        Metric.byId(index.text(DEFAULT_METRIC.key())).orElseThrow(),
        CacheSettings.of(given.apply(CacheSettings.SECTION)),
        WriteSettings.of(given.apply(WriteSettings.SECTION)),
        CompactionSettings.of(given.apply(CompactionSettings.SECTION)),
        HistorySettings.of(given.apply(HistorySettings.SECTION), grace),
        BackgroundSettings.of(given.apply(BackgroundSettings.SECTION)),
        grace,
        plugins);
  }

  /** Whether both name the same storage in the same words. */
  public boolean sameStorage(EngineSettings other) {
    String prefix = "storage." + storageBackend;
    return storageBackend.equals(other.storageBackend)
        && pluginOptions
            .getOrDefault(prefix, Map.of())
            .equals(other.pluginOptions.getOrDefault(prefix, Map.of()));
  }

  /**
   * The checked options of one plugin.
   *
   * @param section the table its kind stands in: {@code storage}, {@code segment} or {@code index}
   */
  public Options optionsOf(String section, Provider provider) {
    String prefix = section + "." + provider.name();
    return Options.of(
        prefix + ".", provider.options(), pluginOptions.getOrDefault(prefix, Map.of()));
  }
}
