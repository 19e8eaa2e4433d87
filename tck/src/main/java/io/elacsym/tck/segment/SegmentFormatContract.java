package io.elacsym.tck.segment;

import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.tck.Check;
import io.elacsym.tck.ProviderContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a {@link SegmentFormatProvider} and all it opens promise. Blobs are kept in memory. */
public final class SegmentFormatContract {
  private SegmentFormatContract() {}

  /** The checks, with the provider's default options. */
  public static List<Check> checks(SegmentFormatProvider provider) {
    return checks(provider, Map.of());
  }

  /** The checks, with some of the provider's options. */
  public static List<Check> checks(SegmentFormatProvider provider, Map<String, String> options) {
    Segments segments = new Segments(provider, options);
    return Stream.concat(
            ProviderContract.checks(provider).stream(),
            Check.fromEachSeed(() -> ofSegments(segments)).stream())
        .toList();
  }

  private static List<Check> ofSegments(Segments segments) {
    return Stream.of(
            new ValueChecks(segments).checks(),
            new LimitChecks(segments).checks(),
            new ReadingChecks(segments).checks(),
            new SegmentHostChecks(segments).checks(),
            new LargeSegmentChecks(segments).checks())
        .flatMap(List::stream)
        .toList();
  }
}
