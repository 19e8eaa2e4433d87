package io.elacsym.tck.index;

import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.tck.Check;
import io.elacsym.tck.ProviderContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a {@link VectorIndexProvider} and all it builds and opens promise. Some 200 indexes of up to
 * 5,000 rows are built, with plain Java arithmetic and two threads.
 */
public final class VectorIndexContract {
  private VectorIndexContract() {}

  /** The checks, with the provider's default options. */
  public static List<Check> checks(VectorIndexProvider provider) {
    return checks(provider, Map.of());
  }

  /** The checks, with some of the provider's options. */
  public static List<Check> checks(VectorIndexProvider provider, Map<String, String> options) {
    VectorIndexes indexes = new VectorIndexes(provider, options);
    return Stream.of(
            ProviderContract.checks(provider),
            new VectorAnswerChecks(indexes).checks(),
            new VectorRecallChecks(indexes).checks(),
            new VectorBuildChecks(indexes).checks(),
            new VectorBlobChecks(indexes).checks())
        .flatMap(List::stream)
        .toList();
  }
}
