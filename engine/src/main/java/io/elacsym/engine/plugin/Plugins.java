package io.elacsym.engine.plugin;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.EncodingProvider;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.Options;
import io.elacsym.api.PluginContext;
import io.elacsym.api.Provider;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.VectorMath;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.engine.manifest.Recipe;
import io.elacsym.engine.math.Kernels;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses plugins by name and gives them their context. Safe for use by many threads. */
public final class Plugins {
  private final Providers providers;
  private final EngineSettings settings;
  private final VectorMath math;
  private final VectorMath pluginMath;
  private final long seed;
  private final BooleanSupplier stopping;
  private final Map<Provider, PluginContext> contexts = new ConcurrentHashMap<>();

  /**
   * @param stopping whether long work should end
   * @throws ElacsymException {@code INVALID_REQUEST} when a chosen plugin is not installed, has
   *     options that are wrong, or was compiled against another level of the interfaces
   */
  public Plugins(
      Providers providers,
      EngineSettings settings,
      VectorMath math,
      long seed,
      BooleanSupplier stopping) {
    this.providers = providers;
    this.settings = settings;
    this.math = math;
    this.pluginMath = Kernels.withDeadline(math);
    this.seed = seed;
    this.stopping = stopping;
    Stream.of(
            providers.storages(),
            providers.segmentFormats(),
            providers.vectorIndexes(),
            providers.textIndexes())
        .flatMap(List::stream)
        .forEach(Plugins::checkLevel);
    context(storage());
    context(newSegmentFormat());
    context(newVectorIndex());
    context(newTextIndex());
  }

  private static void checkLevel(Provider provider) {
    if (provider.spiLevel() != SpiLevel.CURRENT) {
      throw ElacsymException.invalid(
          "plugin '"
              + provider.name()
              + "' was compiled against SPI level "
              + provider.spiLevel()
              + ", this engine speaks "
              + SpiLevel.CURRENT);
    }
  }

  /** Whether long work should end. */
  public boolean isStopping() {
    return stopping.getAsBoolean();
  }

  /** The same plugins with other settings. */
  public Plugins with(EngineSettings others) {
    return new Plugins(providers, others, math, seed, stopping);
  }

  public StorageProvider storage() {
    return providers.storage(settings.storageBackend());
  }

  /** The format that new segments get. */
  public SegmentFormatProvider newSegmentFormat() {
    return providers.segmentFormat(settings.segmentFormat());
  }

  /** The vector index that new segments get. */
  public VectorIndexProvider newVectorIndex() {
    return providers.vectorIndex(settings.vectorIndex());
  }

  /** The text index that new segments get. */
  public TextIndexProvider newTextIndex() {
    return providers.textIndex(settings.textIndex());
  }

  /** The indexes that new segments get. */
  public IndexProviders newIndexes() {
    return new IndexProviders(newVectorIndex(), newTextIndex());
  }

  /** Every vector index that is installed. */
  public List<VectorIndexProvider> vectorIndexes() {
    return providers.vectorIndexes();
  }

  /** Every text index that is installed. */
  public List<TextIndexProvider> textIndexes() {
    return providers.textIndexes();
  }

  /** The recipe of what a provider builds now. */
  public Recipe recipe(EncodingProvider provider) {
    return Recipes.of(provider, context(provider).options());
  }

  /**
   * Checks that texts in all languages of a schema can be analysed by the index that new segments
   * get.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} naming the attribute and the languages that
   *     there are
   */
  public void checkLanguages(Schema schema) {
    checkLanguages(schema, newTextIndex());
  }

  /** {@link #checkLanguages(Schema)} for another text index. */
  public static void checkLanguages(Schema schema, TextIndexProvider provider) {
    Set<String> languages = provider.languages();
    schema
        .attributes()
        .forEach((name, attribute) ->
            attribute
                .fullText()
                .filter(text -> !languages.contains(text.language()))
                .ifPresent(text -> {
                  throw ElacsymException.invalid(
                      "attributes."
                          + Strings.shown(name)
                          + ".full_text.language is \""
                          + Strings.shown(text.language())
                          + "\", expected one of "
                          + languages.stream().sorted().collect(Collectors.joining(", ")));
                }));
  }

  /**
   * The format that can read what was written.
   *
   * @throws ElacsymException {@code UNAVAILABLE} when no installed plugin can: the request is
   *     right, and an operator has to install something
   */
  public SegmentFormatProvider segmentFormat(Encoding stored) {
    return reader(providers::segmentFormat, stored);
  }

  /** The same for a vector index. */
  public VectorIndexProvider vectorIndex(Encoding stored) {
    return reader(providers::vectorIndex, stored);
  }

  /** The same for a text index. */
  public TextIndexProvider textIndex(Encoding stored) {
    return reader(providers::textIndex, stored);
  }

  private static <P extends EncodingProvider> P reader(
      Function<String, P> installed, Encoding stored) {
    P provider;
    try {
      provider = installed.apply(stored.name());
    } catch (ElacsymException e) {
      throw ElacsymException.unavailable(
          "stored data is encoded as " + stored + ", but " + e.getMessage() + "; install it", e);
    }
    if (!provider.canRead(stored)) {
      throw new ElacsymException(
          ErrorKind.UNAVAILABLE,
          "plugin '"
              + provider.name()
              + "' reads "
              + provider.encoding()
              + " and cannot read the stored "
              + stored
              + "; install a newer version of it");
    }
    return provider;
  }

  public VectorMath math() {
    return math;
  }

  /** The context of a provider, with its checked options. */
  public PluginContext context(Provider provider) {
    return contexts.computeIfAbsent(provider, this::newContext);
  }

  private PluginContext newContext(Provider provider) {
    String section =
        switch (provider) {
          case StorageProvider p -> "storage";
          case SegmentFormatProvider p -> "segment";
          default -> "index";
        };
    Options options = settings.optionsOf(section, provider);
    return new PluginContext() {
      @Override
      public Options options() {
        return options;
      }

      @Override
      public VectorMath math() {
        return pluginMath;
      }

      @Override
      public int parallelism() {
        return Runtime.getRuntime().availableProcessors();
      }

      @Override
      public long seed() {
        return seed;
      }

      @Override
      public void checkCancelled() {
        if (isStopping()) {
          throw new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping");
        }
        Deadline.check();
      }
    };
  }
}
