package io.elacsym.tck.index;

import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.tck.Check;
import io.elacsym.tck.ProviderContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a {@link VectorIndexProvider} and all it opens promise. */
public final class VectorIndexContract {
  private VectorIndexContract() {}

  /** The checks, with the provider's default options. */
  public static List<Check> checks(VectorIndexProvider provider) {
    return checks(provider, Map.of());
  }

  /** The checks, with some of the provider's options. */
  public static List<Check> checks(VectorIndexProvider provider, Map<String, String> options) {
    return new ArrayList<>(ProviderContract.checks(provider));
  }
}
