package io.elacsym.engine.settings;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Provider;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.storage.StorageProvider;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The installed plugins. Names are distinct within each list.
 *
 * @param storages where objects can be kept
 * @param segmentFormats how documents can be encoded
 * @param vectorIndexes how vectors can be indexed
 * @param textIndexes how text can be indexed
 */
public record Providers(
    List<StorageProvider> storages,
    List<SegmentFormatProvider> segmentFormats,
    List<VectorIndexProvider> vectorIndexes,
    List<TextIndexProvider> textIndexes) {
  public Providers {
    storages = List.copyOf(storages);
    segmentFormats = List.copyOf(segmentFormats);
    vectorIndexes = List.copyOf(vectorIndexes);
    textIndexes = List.copyOf(textIndexes);
  }

  /**
   * The plugins that are on the class path of this program, or among its modules, for one that
   * embeds an engine. What the context class loader of this thread does not see is not found.
   *
   * @throws java.util.ServiceConfigurationError when one cannot be made
   */
  public static Providers found() {
    return new Providers(
        found(StorageProvider.class),
        found(SegmentFormatProvider.class),
        found(VectorIndexProvider.class),
        found(TextIndexProvider.class));
  }

  private static <P> List<P> found(Class<P> spi) {
    // Said here and not in the module-info: there it would make a module of every plugin that lies
    // beside the engine, and the libraries of most are not made for that.
    Providers.class.getModule().addUses(spi);
    return ServiceLoader.load(spi).stream().map(ServiceLoader.Provider::get).toList();
  }

  public StorageProvider storage(String name) {
    return find("storage", storages, name);
  }

  public SegmentFormatProvider segmentFormat(String name) {
    return find("segment format", segmentFormats, name);
  }

  public VectorIndexProvider vectorIndex(String name) {
    return find("vector index", vectorIndexes, name);
  }

  public TextIndexProvider textIndex(String name) {
    return find("text index", textIndexes, name);
  }

  private static <P extends Provider> P find(String kind, List<P> providers, String name) {
    return providers.stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            ElacsymException.invalid(
                "no "
                    + kind
                    + " plugin is called '"
                    + name
                    + "'; installed are "
                    + providers.stream().map(Provider::name).sorted().toList()));
  }
}
