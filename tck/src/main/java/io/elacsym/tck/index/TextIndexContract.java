package io.elacsym.tck.index;

import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.tck.Check;
import io.elacsym.tck.ProviderContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a {@link TextIndexProvider} and all it opens promise. */
public final class TextIndexContract {
  private TextIndexContract() {}

  /** The checks, with the provider's default options. */
  public static List<Check> checks(TextIndexProvider provider) {
    return checks(provider, Map.of());
  }

  /** The checks, with some of the provider's options. */
  public static List<Check> checks(TextIndexProvider provider, Map<String, String> options) {
    return new ArrayList<>(ProviderContract.checks(provider));
  }
}
