package io.elacsym.distribution.install;

import io.elacsym.api.Provider;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.distribution.promise.PromiseRun;
import io.elacsym.tck.Check;
import io.elacsym.tck.ProviderContract;
import io.elacsym.tck.index.TextIndexContract;
import io.elacsym.tck.index.VectorIndexContract;
import io.elacsym.tck.segment.SegmentFormatContract;
import java.util.List;
import java.util.Map;

/**
 * The contract of a plugin's kind, as far as it can be checked in some time: enough to see that the
 * plugin works here, on this Java and with these libraries. Its author has run all of it.
 *
 * <p>Of a storage it has what the provider says of itself; {@code elacsym storage probe} has the
 * rest.
 */
public final class ShortContract {
  private ShortContract() {}

  /** The contract of a plugin. */
  public static PromiseRun of(Provider provider, Map<String, String> options) {
    boolean isComplete =
        provider.options().stream()
            .allMatch(option -> !option.required() || options.containsKey(option.key()));
    List<Check> checks =
        switch (provider) {
          case SegmentFormatProvider format when isComplete ->
              SegmentFormatContract.checks(format, options);
          case VectorIndexProvider index when isComplete ->
              VectorIndexContract.checks(index, options);
          case TextIndexProvider index when isComplete -> TextIndexContract.checks(index, options);
          // The other contracts have these themselves.
          default -> ProviderContract.checks(provider);
        };
    // None of these needs anybody to answer: what is unavailable is what the check has made so.
    return new PromiseRun(checks, thrown -> false);
  }
}
