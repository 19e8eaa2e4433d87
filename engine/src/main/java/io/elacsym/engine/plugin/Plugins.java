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
import io.elacsym.engine.border.Border;
import io.elacsym.engine.border.PluginWatch;
import io.elacsym.engine.manifest.Recipe;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.math.Kernels;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Suggestion;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.engine.task.Damage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/** Chooses plugins by name and gives them their context. Safe for use by many threads. */
public final class Plugins {
  private final PluginWatch watch;
  private final Providers providers;
  private final EngineSettings settings;
  private final VectorMath math;
  private final VectorMath pluginMath;
  private final long seed;
  private final BooleanSupplier stopping;
  private final Map<PluginContext, TextPlugin> texts = new ConcurrentHashMap<>();
  private final TextPlugin newText;
  private final Map<Provider, PluginContext> contexts = new ConcurrentHashMap<>();
  private final Map<Former, PluginContext> formerContexts = new ConcurrentHashMap<>();

  /**
   * @param stopping whether long work should end
   * @param watch told of what plugins do
   * @throws ElacsymException {@code INVALID_REQUEST} when a chosen plugin is not installed, has
   *     options that are wrong, or was compiled against another level of the interfaces
   */
  public Plugins(
      Providers providers,
      EngineSettings settings,
      VectorMath math,
      long seed,
      BooleanSupplier stopping,
      PluginWatch watch) {
    this.watch = watch;
    this.providers = behindBorders(providers);
    this.settings = settings;
    this.math = math;
    this.pluginMath = Kernels.withDeadline(math);
    this.seed = seed;
    this.stopping = stopping;
    Stream.of(
            this.providers.storages(),
            this.providers.segmentFormats(),
            this.providers.vectorIndexes(),
            this.providers.textIndexes())
        .flatMap(List::stream)
        .forEach(Plugins::checkLevel);
    context(storage());
    context(newSegmentFormat());
    context(newVectorIndex());
    TextIndexProvider chosen = this.providers.textIndex(settings.textIndex());
    this.newText = textPlugin(chosen, context(chosen));
  }

  private Providers behindBorders(Providers bare) {
    return new Providers(
        behindBorders(StorageProvider.class, bare.storages()),
        behindBorders(SegmentFormatProvider.class, bare.segmentFormats()),
        behindBorders(VectorIndexProvider.class, bare.vectorIndexes()),
        behindBorders(TextIndexProvider.class, bare.textIndexes()));
  }

  private <P extends Provider> List<P> behindBorders(Class<P> spi, List<P> bare) {
    return bare.stream().map(provider -> Border.around(spi, provider, watch)).toList();
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
    return new Plugins(providers, others, math, seed, stopping, watch);
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
    return newText.provider();
  }

  /** How texts become terms in new segments. */
  public TextPlugin newText() {
    return newText;
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
                          + "\", "
                          + Suggestion.expected(
                              text.language(), languages.stream().sorted().toList()));
                }));
  }

  /**
   * The format that can read what was written.
   *
   * @throws ElacsymException {@code UNAVAILABLE} when no installed plugin can: the request is
   *     right, and an operator has to install something
   */
  public SegmentFormatProvider segmentFormat(Encoding stored) {
    return reader(providers::segmentFormat, stored, ErrorKind.UNAVAILABLE);
  }

  /**
   * The vector index that can read what was written.
   *
   * @throws ElacsymException {@code CORRUPT} when no installed plugin can: the documents have all
   *     that the index has, and answer in its place until another one is built
   */
  public VectorIndexProvider vectorIndex(Encoding stored) {
    return reader(providers::vectorIndex, stored, ErrorKind.CORRUPT);
  }

  private TextIndexProvider textIndex(Encoding stored) {
    return reader(providers::textIndex, stored, ErrorKind.CORRUPT);
  }

  /**
   * Whether an index is of a later release of a plugin that is installed. It cannot be read, but
   * must not be replaced by itself either: while a cluster is brought to that release, the others
   * would build it again and again.
   */
  public boolean isOfLaterRelease(IndexEntry index) {
    Encoding stored = index.encoding();
    Stream<? extends EncodingProvider> installed =
        switch (index.kind()) {
          case VECTOR -> providers.vectorIndexes().stream();
          case TEXT -> providers.textIndexes().stream();
          case ATTRIBUTE -> Stream.empty();
        };
    return installed.anyMatch(p -> p.name().equals(stored.name()) && !p.canRead(stored));
  }

  /** Whether installed plugins read an index as it is stored. */
  public boolean canRead(IndexEntry index) {
    return Damage.orElse(
        () ->
            switch (index.kind()) {
              case VECTOR -> vectorIndex(index.encoding()).canRead(index.encoding());
              case TEXT -> text(index.encoding(), index.recipe()).isPresent();
              case ATTRIBUTE -> true;
            },
        missing -> false);
  }

  /**
   * How texts became terms in a stored index: by the plugin that wrote it, with the options that it
   * had then.
   *
   * @return empty when that cannot be told any more, or when the plugin makes other terms today:
   *     then a query would not find what is in there
   * @throws ElacsymException {@code CORRUPT} when no installed plugin can read it
   */
  public Optional<TextPlugin> text(Encoding stored, Optional<Recipe> recipe) {
    TextIndexProvider provider = textIndex(stored);
    if (!provider.isCurrent(stored)) {
      return Optional.empty();
    }
    PluginContext now = context(provider);
    return recipe.isEmpty()
        ? Optional.of(textPlugin(provider, now))
        : Recipes.options(recipe.get(), stored, provider)
            .map(then ->
                Recipes.sameOptions(provider, then, now.options())
                    ? textPlugin(provider, now)
                    : textPlugin(provider, formerContext(provider, recipe.get(), then)));
  }

  /** Each context is of one provider. */
  private TextPlugin textPlugin(TextIndexProvider provider, PluginContext context) {
    return texts.computeIfAbsent(context, own -> new TextPlugin(provider, own));
  }

  private PluginContext formerContext(Provider provider, Recipe recipe, Options then) {
    return formerContexts.computeIfAbsent(new Former(provider, recipe), former -> newContext(then));
  }

  /** A provider as it was when something was built. */
  private record Former(Provider provider, Recipe recipe) {}

  private static <P extends EncodingProvider> P reader(
      Function<String, P> installed, Encoding stored, ErrorKind otherwise) {
    P provider;
    try {
      provider = installed.apply(stored.name());
    } catch (ElacsymException e) {
      throw new ElacsymException(
          otherwise,
          "stored data is encoded as " + stored + ", but " + e.getMessage() + "; install it",
          e);
    }
    if (!provider.canRead(stored)) {
      throw new ElacsymException(
          otherwise,
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

  /** Told of what plugins do. */
  public PluginWatch watch() {
    return watch;
  }

  /** The context of a provider, with its checked options. */
  public PluginContext context(Provider provider) {
    return contexts.computeIfAbsent(provider, this::newContext);
  }

  private PluginContext newContext(Provider provider) {
    return newContext(options(provider));
  }

  private Options options(Provider provider) {
    String section =
        switch (provider) {
          case StorageProvider p -> "storage";
          case SegmentFormatProvider p -> "segment";
          default -> "index";
        };
    return settings.optionsOf(section, provider);
  }

  private PluginContext newContext(Options options) {
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
