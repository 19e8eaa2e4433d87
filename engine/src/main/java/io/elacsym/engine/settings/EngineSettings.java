package io.elacsym.engine.settings;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.api.Provider;
import io.elacsym.api.index.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The engine's checked settings. Made from flat text keys ({@code cache.memory_size}), the form in
 * which a file, an environment or a program gives them.
 *
 * @param storageBackend name of the storage plugin
 * @param segmentFormat name of the format that new segments get
 * @param vectorIndex name of the vector index that new segments get
 * @param textIndex name of the text index that new segments get
 * @param defaultMetric metric of vector fields that name none
 * @param memoryCacheBytes bound of the memory cache
 * @param diskCacheBytes bound of the disk cache; 0 turns it off
 * @param diskCachePath folder of the disk cache
 * @param write when writes are committed and flushed
 * @param compaction when segments are merged
 * @param history how much of the past can be restored
 * @param background how much of the storage work may have that no caller waits for
 * @param reaperGrace how long a dropped object is kept for readers that still use it
 * @param pluginOptions values for plugins, by prefix ({@code storage.local}) and key
 */
public record EngineSettings(
    String storageBackend,
    String segmentFormat,
    String vectorIndex,
    String textIndex,
    Metric defaultMetric,
    long memoryCacheBytes,
    long diskCacheBytes,
    Path diskCachePath,
    Write write,
    Compaction compaction,
    History history,
    Background background,
    Duration reaperGrace,
    Map<String, Map<String, String>> pluginOptions) {

  /**
   * When writes are committed and flushed.
   *
   * @param linger how long a group commit waits for company
   * @param maxCommitBytes largest group commit
   * @param flushBytes live bytes that start a flush
   * @param flushRows live rows that start a flush
   * @param flushAge age of the oldest unflushed write that starts a flush
   * @param maxUnflushedBytes of one namespace; beyond it writes are refused as overloaded
   * @param maxUnflushedTotal of all namespaces that are open here, likewise
   */
  public record Write(
      Duration linger,
      long maxCommitBytes,
      long flushBytes,
      int flushRows,
      Duration flushAge,
      long maxUnflushedBytes,
      long maxUnflushedTotal) {}

  /**
   * When segments are merged.
   *
   * @param enabled whether they are, without being asked
   * @param interval how often it is looked for work, besides after each flush
   * @param maxSegments more segments than this are merged whatever their sizes
   * @param maxTotalDocs largest segment that a merge may make, in documents
   * @param maxValueBytes the same in bytes of attribute values: a merge, and a filter without an
   *     index, have them in memory
   */
  public record Compaction(
      boolean enabled, Duration interval, int maxSegments, int maxTotalDocs, long maxValueBytes) {

    /** With as many bytes of values as an eighth of the memory of this process holds. */
    public Compaction(boolean enabled, Duration interval, int maxSegments, int maxTotalDocs) {
      this(enabled, interval, maxSegments, maxTotalDocs, Runtime.getRuntime().maxMemory() / 8);
    }
  }

  /**
   * How much of the past can be restored.
   *
   * @param versions how many versions of a manifest before the newest
   * @param maxAge versions that were replaced longer ago are not kept
   */
  public record History(int versions, Duration maxAge) {}

  /**
   * How much of the storage work may have that no caller waits for.
   *
   * @param requests most requests at once
   * @param tasks most tasks of a kind at once, over all namespaces
   */
  public record Background(int requests, int tasks) {}

  /** Every key of the engine's own, by table. */
  public static final List<SettingsSection> SECTIONS =
      List.of(
          new SettingsSection(
              "storage",
              "Where the data is kept. Each storage plugin has a table of its own below this one.",
              List.of(
                  Option.of("backend", OptionType.TEXT, "local", "Name of the storage plugin.")
                      .fromEnvironment("ELACSYM_STORAGE_BACKEND"))),
          new SettingsSection(
              "segment",
              "How documents are stored.",
              List.of(
                  Option.of(
                          "format",
                          OptionType.TEXT,
                          "parquet",
                          "Name of the format that new segments get; existing ones keep theirs.")
                      .fromEnvironment("ELACSYM_SEGMENT_FORMAT"))),
          new SettingsSection(
              "index",
              "How vectors and text are found.",
              List.of(
                  Option.of(
                          "vector",
                          OptionType.TEXT,
                          "ivf",
                          "Name of the vector index that new segments get; existing ones keep"
                              + " theirs.")
                      .fromEnvironment("ELACSYM_INDEX_VECTOR"),
                  Option.of("text", OptionType.TEXT, "bm25", "Name of the text index.")
                      .fromEnvironment("ELACSYM_INDEX_TEXT"),
                  Option.of(
                          "default_metric",
                          OptionType.TEXT,
                          "cosine",
                          "Metric of vectors whose schema names none.")
                      .oneOf(
                          Arrays.stream(Metric.values()).map(Metric::id).toArray(String[]::new)))),
          new SettingsSection(
              "cache",
              "Copies of stored bytes, which may be deleted at any time.",
              List.of(
                  Option.of(
                          "memory_size",
                          OptionType.BYTES,
                          "4GB",
                          "Most bytes in memory; never more than a quarter of the Java heap.")
                      .withinHeap(4)
                      .fromEnvironment("ELACSYM_CACHE_MEMORY_SIZE"),
                  Option.of(
                          "disk_size",
                          OptionType.BYTES,
                          "100GB",
                          "Most bytes on disk; 0 turns the disk cache off. Data on local storage is"
                              + " not copied to it.")
                      .fromEnvironment("ELACSYM_CACHE_DISK_SIZE"),
                  Option.of(
                          "disk_path",
                          OptionType.PATH,
                          "./cache",
                          "Folder of the disk cache and, with a bucket, of the temporary files of flushes.")
                      .fromEnvironment("ELACSYM_CACHE_DISK_PATH"))),
          new SettingsSection(
              "write",
              "When writes become durable and when they become segments.",
              List.of(
                  Option.of(
                      "linger",
                      OptionType.DURATION,
                      "2ms",
                      "How long a group commit waits for more writes when others are under way."),
                  Option.of(
                      "max_commit_bytes",
                      OptionType.BYTES,
                      "16MB",
                      "Most bytes of one group commit, that is, of one WAL object."),
                  Option.of(
                      "flush_bytes",
                      OptionType.BYTES,
                      "128MB",
                      "Unflushed bytes of a namespace that start a flush; of memory, where documents take"
                          + " more of it than they have bytes."),
                  Option.of(
                          "flush_rows",
                          OptionType.INTEGER,
                          "32768",
                          "Unflushed rows of a namespace that start a flush.")
                      .between("1", "1000000"),
                  Option.of(
                      "flush_age",
                      OptionType.DURATION,
                      "60s",
                      "Age of the oldest unflushed write that starts a flush."),
                  Option.of(
                      "max_unflushed_bytes",
                      OptionType.BYTES,
                      "512MB",
                      "Unflushed bytes of a namespace beyond which writes get 429."),
                  Option.of(
                          "max_unflushed_total",
                          OptionType.BYTES,
                          "8GB",
                          "Unflushed bytes of all namespaces together beyond which writes get 429;"
                              + " never more than a fifth of the Java heap.")
                      .withinHeap(5))),
          new SettingsSection(
              "compaction",
              "When segments are merged.",
              List.of(
                  Option.of(
                          "enabled",
                          OptionType.FLAG,
                          "true",
                          "Whether segments are merged in the background.")
                      .fromEnvironment("ELACSYM_COMPACTION_ENABLED"),
                  Option.of(
                          "interval_secs",
                          OptionType.DURATION,
                          "3600",
                          "How often merges are looked for, besides after each flush.")
                      .atLeast("1ms")
                      .fromEnvironment("ELACSYM_COMPACTION_INTERVAL_SECS"),
                  Option.of(
                          "max_segments",
                          OptionType.INTEGER,
                          "100",
                          "More segments than this are merged whatever their sizes.")
                      .between("1", "10000")
                      .fromEnvironment("ELACSYM_COMPACTION_MAX_SEGMENTS"),
                  Option.of(
                          "max_total_docs",
                          OptionType.INTEGER,
                          "1000000",
                          "Most documents of a merged segment.")
                      .between("1000", "100000000"))),
          new SettingsSection(
              "history",
              "How much of the past 'elacsym restore' can bring back. What a kept version uses is"
                  + " not deleted.",
              List.of(
                  Option.of(
                          "versions",
                          OptionType.INTEGER,
                          "20",
                          "How many versions of a namespace before the newest are kept; each"
                              + " flush and each merge makes one.")
                      .between("1", "10000"),
                  Option.of(
                      "max_age",
                      OptionType.DURATION,
                      "1d",
                      "Versions that were replaced longer ago are not kept; at least the reaper's"
                          + " grace."))),
          new SettingsSection(
              "background",
              "How much work may have that no caller waits for: flushes, merges, rebuilt indexes,"
                  + " deletions.",
              List.of(
                  Option.of(
                          "requests",
                          OptionType.INTEGER,
                          "16",
                          "Most requests to the storage at once; fewer than a bucket's"
                              + " max_connections, so that callers always find one free.")
                      .between("1", "1000"),
                  Option.of(
                          "tasks",
                          OptionType.INTEGER,
                          "4",
                          "Most tasks of a kind at once over all namespaces.")
                      .between("1", "1000"))),
          new SettingsSection(
              "reaper",
              "When dropped objects are deleted.",
              List.of(
                  Option.of(
                          "grace",
                          OptionType.DURATION,
                          "10m",
                          "How long an object that no manifest names is kept for readers that still use"
                              + " it.")
                      .atLeast("1s"))));

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
    Map<String, Options> sections = new HashMap<>();
    for (SettingsSection section : SECTIONS) {
      Map<String, String> given = own.remove(section.name());
      sections.put(
          section.name(),
          Options.of(section.name() + ".", section.options(), given == null ? Map.of() : given));
    }
    if (!own.isEmpty()) {
      throw ElacsymException.invalid(
          "unknown section '"
              + own.keySet().iterator().next()
              + "'; the engine has "
              + SECTIONS.stream().map(SettingsSection::name).toList());
    }
    return build(sections, plugins);
  }

  private static EngineSettings build(
      Map<String, Options> sections, Map<String, Map<String, String>> plugins) {
    Options index = section(sections, "index");
    Options cache = section(sections, "cache");
    Options write = section(sections, "write");
    Options compaction = section(sections, "compaction");
    Duration grace = section(sections, "reaper").duration("grace");
    Options history = section(sections, "history");
    Options background = section(sections, "background");
    Duration maxAge = history.duration("max_age");
    if (maxAge.compareTo(grace) < 0) {
      throw ElacsymException.invalid(
          "history.max_age is " + maxAge + ", expected at least reaper.grace = " + grace);
    }
    return new EngineSettings(
        section(sections, "storage").text("backend"),
        section(sections, "segment").text("format"),
        index.text("vector"),
        index.text("text"),
        Metric.byId(index.text("default_metric")).orElseThrow(),
        cache.bytesWithinHeap("memory_size"),
        cache.bytes("disk_size"),
        cache.path("disk_path"),
        new Write(
            write.duration("linger"),
            write.bytes("max_commit_bytes"),
            write.bytes("flush_bytes"),
            write.smallInteger("flush_rows"),
            write.duration("flush_age"),
            write.bytes("max_unflushed_bytes"),
            write.bytesWithinHeap("max_unflushed_total")),
        new Compaction(
            compaction.flag("enabled"),
            compaction.duration("interval_secs"),
            compaction.smallInteger("max_segments"),
            compaction.smallInteger("max_total_docs")),
        new History(history.smallInteger("versions"), maxAge),
        new Background(background.smallInteger("requests"), background.smallInteger("tasks")),
        grace,
        plugins);
  }

  private static Options section(Map<String, Options> sections, String name) {
    Options options = sections.get(name);
    if (options == null) {
      throw new IllegalStateException("no section " + name);
    }
    return options;
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
