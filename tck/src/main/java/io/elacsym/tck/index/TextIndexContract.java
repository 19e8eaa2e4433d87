package io.elacsym.tck.index;

import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.tck.Check;
import io.elacsym.tck.ProviderContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a {@link TextIndexProvider} and all it opens promise. Rankings are compared with {@link
 * io.elacsym.tck.oracle.ReferenceBm25} over the terms that the provider's own analyzer gives.
 */
public final class TextIndexContract {
  private TextIndexContract() {}

  /** The checks, with the provider's default options. */
  public static List<Check> checks(TextIndexProvider provider) {
    return checks(provider, Map.of());
  }

  /** The checks, with some of the provider's options. */
  public static List<Check> checks(TextIndexProvider provider, Map<String, String> options) {
    TextIndexes indexes = new TextIndexes(provider, options);
    return Stream.concat(
            ProviderContract.checks(provider).stream(),
            Check.fromEachSeed(() -> ofIndexes(indexes)).stream())
        .toList();
  }

  private static List<Check> ofIndexes(TextIndexes indexes) {
    return Stream.of(
            new AnalysisChecks(indexes).checks(),
            new RankingChecks(indexes).checks(),
            new CutChecks(indexes).checks(),
            new TextClauseChecks(indexes).checks(),
            new FrequencyChecks(indexes).checks(),
            new HighlightChecks(indexes).checks(),
            new IndexedTermsChecks(indexes).checks(),
            new LargeTextChecks(indexes).checks(),
            new TextHostChecks(indexes).checks(),
            new TextStatisticsChecks(indexes).checks(),
            new LiveTextChecks(indexes).checks(),
            new TextBlobChecks(indexes).checks())
        .flatMap(List::stream)
        .toList();
  }
}
