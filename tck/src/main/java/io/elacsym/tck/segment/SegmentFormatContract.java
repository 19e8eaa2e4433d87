package io.elacsym.tck.segment;

import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.tck.Check;
import io.elacsym.tck.ProviderContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a {@link SegmentFormatProvider} and all it opens promise. */
public final class SegmentFormatContract {
  private SegmentFormatContract() {}

  /** The checks, with the provider's default options. */
  public static List<Check> checks(SegmentFormatProvider provider) {
    return checks(provider, Map.of());
  }

  /** The checks, with some of the provider's options. */
  public static List<Check> checks(SegmentFormatProvider provider, Map<String, String> options) {
    return new ArrayList<>(ProviderContract.checks(provider));
  }
}
