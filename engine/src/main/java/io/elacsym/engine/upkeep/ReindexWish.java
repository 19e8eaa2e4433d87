package io.elacsym.engine.upkeep;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.EncodingProvider;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.engine.manifest.Recipe;
import io.elacsym.engine.manifest.SegmentEntry.IndexKind;
import io.elacsym.engine.model.ReindexRequest;
import io.elacsym.engine.model.ReindexRequest.Kind;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.plugin.IndexProviders;
import io.elacsym.engine.plugin.Plugins;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a reindex is to bring about.
 *
 * @param providers which plugins build
 * @param recipes what the indexes of a kind shall be built by; kinds that are not in it stay as
 *     they are
 * @param force whether to build anew also what has that recipe
 */
public record ReindexWish(IndexProviders providers, Map<IndexKind, Recipe> recipes, boolean force) {
  public ReindexWish {
    recipes = Map.copyOf(recipes);
  }

  /**
   * What a request means where these plugins are installed.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} when the index is not installed, or has
   *     options that are wrong, or cannot analyse a language of the schema
   */
  public static ReindexWish of(ReindexRequest request, Plugins plugins, Schema schema) {
    Optional<VectorIndexProvider> vectors =
        includes(request, Kind.VECTOR)
            ? chosen(request, plugins.newVectorIndex(), plugins.vectorIndexes())
            : Optional.empty();
    Optional<TextIndexProvider> texts =
        includes(request, Kind.TEXT)
            ? chosen(request, plugins.newTextIndex(), plugins.textIndexes())
            : Optional.empty();
    request.index().ifPresent(name -> checkName(name, vectors, texts, request, plugins));
    Map<IndexKind, Recipe> recipes = new EnumMap<>(IndexKind.class);
    vectors.ifPresent(provider -> recipes.put(IndexKind.VECTOR, recipe(provider, plugins)));
    texts.ifPresent(provider -> {
      Plugins.checkLanguages(schema, provider);
      recipes.put(IndexKind.TEXT, recipe(provider, plugins));
    });
    return new ReindexWish(
        new IndexProviders(
            vectors.orElseGet(plugins::newVectorIndex), texts.orElseGet(plugins::newTextIndex)),
        recipes,
        request.force());
  }

  private static boolean includes(ReindexRequest request, Kind kind) {
    return request.kind().orElse(kind) == kind;
  }

  /** The index that is named, if it is of this kind; else the configured one. */
  private static <P extends EncodingProvider> Optional<P> chosen(
      ReindexRequest request, P configured, List<P> installed) {
    return request.index().isEmpty()
        ? Optional.of(configured)
        : installed.stream()
            .filter(provider -> request.index().get().equals(provider.name()))
            .findFirst();
  }

  private static void checkName(
      String name,
      Optional<VectorIndexProvider> vectors,
      Optional<TextIndexProvider> texts,
      ReindexRequest request,
      Plugins plugins) {
    if (vectors.isPresent() && texts.isPresent()) {
      throw ElacsymException.invalid(
          "index is \""
              + name
              + "\", which is the name of a vector index and of a text index; add the kind that is"
              + " meant");
    }
    if (vectors.isEmpty() && texts.isEmpty()) {
      List<String> known = new ArrayList<>();
      if (includes(request, Kind.VECTOR)) {
        known.add(names(plugins.vectorIndexes().stream()) + " (vector)");
      }
      if (includes(request, Kind.TEXT)) {
        known.add(names(plugins.textIndexes().stream()) + " (text)");
      }
      throw ElacsymException.invalid(
          "index is \""
              + Strings.shown(name)
              + "\", expected one of the indexes that are installed: "
              + String.join(", ", known));
    }
  }

  private static String names(Stream<? extends EncodingProvider> installed) {
    return installed.map(EncodingProvider::name).sorted().collect(Collectors.joining(", "));
  }

  /** Its options were not checked at the start, unless it is the configured one. */
  private static Recipe recipe(EncodingProvider provider, Plugins plugins) {
    provider.check(plugins.context(provider).options());
    return plugins.recipe(provider);
  }

  /** Whether another wish has the same end. */
  boolean isSameAs(ReindexWish other) {
    return recipes.equals(other.recipes) && force == other.force;
  }

  /** What it builds, for people; the vectors' first. */
  List<String> texts() {
    return recipes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue().text())
        .toList();
  }
}
