package io.elacsym.tck.index;

import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.tck.Check;
import io.elacsym.tck.ProviderContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a {@link VectorIndexProvider} and all it builds and opens promise. Some 250 indexes of up to
 * 70,000 rows are built, with plain Java arithmetic and two threads.
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
    return Stream.concat(
            ProviderContract.checks(provider).stream(),
            Check.fromEachSeed(() -> ofIndexes(indexes)).stream())
        .toList();
  }

  private static List<Check> ofIndexes(VectorIndexes indexes) {
    ClusteredIndexes clustered = new ClusteredIndexes(indexes);
    return Stream.of(
            new VectorAnswerChecks(indexes).checks(),
            new VectorRecallChecks(indexes, clustered).checks(),
            new VectorTargetChecks(indexes, clustered).checks(),
            new ManyVectorsChecks(indexes).checks(),
            new OddVectorsChecks(indexes).checks(),
            new VectorBuildChecks(indexes).checks(),
            new VectorHostChecks(indexes).checks(),
            new FormerIndexChecks(indexes).checks(),
            new VectorBlobChecks(indexes).checks())
        .flatMap(List::stream)
        .toList();
  }
}
